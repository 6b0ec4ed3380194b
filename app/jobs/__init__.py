"""Long work (imports, exports, backups): asked for in a page, done in a process of its own, looked at while it runs."""
