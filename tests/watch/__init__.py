"""What tells an operator how the service is."""
