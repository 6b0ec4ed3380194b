"""Durable files: written under another name, synced, renamed; then the folder is synced."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

PART = ".part"
PROBE = b"\0" * (64 << 10)


def make_folder(folder: Path) -> None:
    """Create the folder for this user alone if it is missing, durably."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync(folder.parent)


def write(path: Path, body: bytes) -> None:
    """Write the body atomically; on return it is on the disk. A crash leaves at most a `.part` file."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{PART}")
    try:
        with open(part, "xb", opener=_private) as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync(path.parent)


def sync(folder: Path) -> None:
    """Make names that were added to or removed from the folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def probe(folder: Path) -> None:
    """Write a little there and remove it. Raises OSError when the folder is gone, may not be written, or is full."""
    path = folder / f"{secrets.token_hex(4)}{PART}"
    try:
        with open(path, "xb", opener=_private) as file:
            file.write(PROBE)
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """An exclusive lock on the folder, between threads and processes. The block must not yield to another greenlet."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def modified(path: Path) -> datetime:
    """When the file or folder last changed (UTC). Raises FileNotFoundError."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
