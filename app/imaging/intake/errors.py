"""Why a file is not read."""

from __future__ import annotations


class Unreadable(Exception):
    """`reason` names an advice of the rule pack's check `readable`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
