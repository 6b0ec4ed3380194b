"""The structure of the accepted files, walked on the bytes: each module has `begins(body)` and `walk(body, scans)`."""

from __future__ import annotations


class Unreadable(Exception):
    """Why a file is not read: `reason` names an advice of the rule pack's check `readable`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
