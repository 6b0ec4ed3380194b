"""From bytes to a picture: what the file is, whether it is sound, and its decoding.

`gate` decides from the bytes alone; `jpeg`, `png` and `heic` follow the structure of their format (`begins(body)`,
`walk(body, max_scans)`); `decode` makes an upright sRGB picture of bounded size, in worker processes only.
"""

from __future__ import annotations


class Unreadable(Exception):
    """The file cannot be read; `reason` names an advice of the rule pack's check `readable`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
