"""Exports: registered photos and lists, packed in ZIPs that can be made again with the same bytes."""
