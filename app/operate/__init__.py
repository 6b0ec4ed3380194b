"""The pages of whoever runs the service: what is missing, and how today goes."""
