"""Backups: made while people work, proved, restored elsewhere."""
