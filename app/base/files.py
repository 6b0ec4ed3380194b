"""Durable files: written under another name, synced, renamed; then the folder is synced."""

from __future__ import annotations

import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

PART = ".part"
HOLD_STEP = 0.02  # seconds between tries to hold a folder
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
        with open(part, "xb", opener=private) as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync(path.parent)


@contextmanager
def made_whole(path: Path) -> Iterator[BinaryIO]:
    """A new file, written under the name `….part`; it has its own name once the block has ended well, and the disk has
    it. Nothing is left of it otherwise. Raises FileExistsError rather than replacing another file."""
    part = path.with_name(path.name + PART)
    _not_there(path)
    try:
        with open(part, "wb", opener=private) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _not_there(path)
        os.rename(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync(path.parent)


def _not_there(path: Path) -> None:
    if path.exists():
        raise FileExistsError(f"{path} is there already")


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
        with open(path, "xb", opener=private) as file:
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


@contextmanager
def shared(folder: Path) -> Iterator[bool]:
    """Whether nobody holds the folder (`held`); while the block runs nobody can."""
    with _tried(folder, fcntl.LOCK_SH) as free:
        yield free


@contextmanager
def held(folder: Path, patience: float) -> Iterator[bool]:
    """Hold the folder once those who share it are done; False when it is not free within so many seconds."""
    until = time.monotonic() + patience
    while True:
        with _tried(folder, fcntl.LOCK_EX) as free:
            if free or time.monotonic() > until:
                yield free
                return
        time.sleep(HOLD_STEP)


@contextmanager
def _tried(folder: Path, how: int) -> Iterator[bool]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, how | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def modified(path: Path) -> datetime:
    """When the file or folder last changed (UTC). Raises FileNotFoundError."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def private(path: str, flags: int) -> int:
    """An `opener` that makes files for this user alone."""
    return os.open(path, flags, 0o600)
