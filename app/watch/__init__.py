"""What tells an operator how the service is: whether it is ready, its figures, its backups."""
