"""Measurements of the real server, each beside a baseline of the same minutes: `python -m bench [NAME…] [--quick]`."""
