"""The bond between a desktop and a phone: a signed link, one claim, one phone, for one application."""
