"""Sealers, clocks and owners for the tests of the store."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from app.base.clock import SystemClock
from app.base.seal import Sealer
from app.base.store import LocalStore

OLD = {"k1": b"1" * 32}
BOTH = {"k2": b"2" * 32, **OLD}
NEW = {"k2": b"2" * 32}


class StillClock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self.time = SystemClock().now()

    def now(self) -> datetime:
        return self.time

    def pass_(self, span: timedelta) -> None:
        self.time += span


def local(folder: Path, keys: dict[str, bytes] = OLD) -> LocalStore:
    """A store in that folder."""
    return LocalStore(folder, Sealer(keys))


def blob_file(folder: Path, name: str) -> Path:
    """Where a blob of that name lies."""
    return folder / name[:2] / name


def flip(path: Path, at: int = -1) -> None:
    """Change one bit of a file."""
    body = bytearray(path.read_bytes())
    body[at] ^= 1
    path.write_bytes(body)
