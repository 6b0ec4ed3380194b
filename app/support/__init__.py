"""The support console: find a stuck candidate, read what happened, issue a new link."""
