"""Offices and batches as whoever runs the service keeps them: what there is, what is missing, what a change means."""
