"""Accounts: passwords of one's own, a second factor, the people who work here, and what was forgotten."""
