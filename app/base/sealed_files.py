"""Files of others that are kept for a while: sealed piece by piece as they arrive, read back as a stream.

A piece is bound to the file's name, its place and whether it is the last: none can be left out, moved or exchanged.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from app.base import files
from app.base.seal import OVERHEAD, Damaged, Sealer
from app.base.unavailable import store_failures

PIECE = 1 << 20  # bytes
LENGTH_BYTES = 4
NAME = re.compile(r"[A-Za-z0-9_-]{16,64}(\.[a-z]{1,10})?")


class SealedFiles:
    """Files in one folder, under names that tell nothing. They survive an orderly end, not a loss of power: whoever
    brought one has it still. Methods may raise StoreFailed."""

    def __init__(self, folder: Path, sealer: Sealer) -> None:
        self._folder, self._sealer = folder, sealer

    @contextmanager
    def writing(self, name: str) -> Iterator[Writer]:
        """A file that is there when the block ends, and not if it fails."""
        path = self._path(name)
        with store_failures():
            files.make_folder(self._folder)
            part = path.with_name(path.name + files.PART)
            try:
                with open(part, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
                    writer = Writer(file, self._sealer, name)
                    yield writer
                    writer.end()
                os.replace(part, path)
            except BaseException:
                part.unlink(missing_ok=True)
                raise

    def write(self, name: str, body: bytes) -> None:
        """A whole file."""
        with self.writing(name) as writer:
            writer.write(body)

    def open(self, name: str) -> BinaryIO:
        """A stream of what was written. Raises FileNotFoundError; while it is read, Damaged and UnknownKey."""
        return io.BufferedReader(_Reader(open(self._path(name), "rb"), self._sealer, name), PIECE)

    def remove(self, name: str) -> None:
        """Delete it, if it is there."""
        with store_failures():
            self._path(name).unlink(missing_ok=True)

    def sweep(self, before: datetime) -> int:
        """Delete what was written before that time; how many files."""
        old = [path for path in self._folder.glob("*") if _is_older(path, before)]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise ValueError("the name of a sealed file is of letters and digits")
        return self._folder / name


class Writer:
    """Takes bytes as they come."""

    def __init__(self, file: BinaryIO, sealer: Sealer, name: str) -> None:
        self._file, self._sealer, self._name = file, sealer, name
        self._held, self._count = bytearray(), 0

    def write(self, body: bytes) -> None:
        """More of the file."""
        self._held += body
        while len(self._held) > PIECE:
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]

    def end(self) -> None:
        """That was all."""
        self._put(bytes(self._held), last=True)

    def _put(self, piece: bytes, last: bool) -> None:
        sealed = self._sealer.seal(_piece_name(self._name, self._count, last), piece)
        self._file.write(len(sealed).to_bytes(LENGTH_BYTES, "big") + sealed)
        self._count += 1


class _Reader(io.RawIOBase):
    """Opens one piece after another."""

    def __init__(self, file: BinaryIO, sealer: Sealer, name: str) -> None:
        super().__init__()
        self._file, self._sealer, self._name = file, sealer, name
        self._held, self._count, self._ended = memoryview(b""), 0, False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._held and not self._ended:
            self._held = memoryview(self._next())
        count = min(len(buffer), len(self._held))
        buffer[:count] = self._held[:count]
        self._held = self._held[count:]
        return count

    def close(self) -> None:
        self._file.close()
        super().close()

    def _next(self) -> bytes:
        length = int.from_bytes(self._file.read(LENGTH_BYTES), "big")
        sealed = self._file.read(min(length, PIECE + OVERHEAD))
        here = self._file.tell()
        self._ended = not self._file.read(1)
        self._file.seek(here)
        if not sealed:
            raise Damaged(self._name)
        piece = self._sealer.open(_piece_name(self._name, self._count, self._ended), sealed)
        self._count += 1
        return piece


def _piece_name(name: str, count: int, last: bool) -> str:
    return f"{name}/{count}/{'last' if last else 'more'}"


def _is_older(path: Path, before: datetime) -> bool:
    with suppress(FileNotFoundError):
        return files.modified(path) < before
    return False
