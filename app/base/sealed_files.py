"""Files of others that are kept for a while: sealed as they arrive (`sealed_stream`), read back as a stream.

Each is bound to its name: none can be exchanged for another.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from app.base import files
from app.base.seal import Damaged, UnknownKey
from app.base.sealed_stream import CHUNK, NotSealed, SealedReader, SealedWriter
from app.base.unavailable import store_failures

NAME = re.compile(r"[A-Za-z0-9_-]{16,64}(\.[a-z]{1,10})?")


class SealedFiles:
    """Files in one folder, under names that tell nothing. They survive an orderly end, not a loss of power: whoever
    brought one has it still. Methods may raise StoreFailed."""

    def __init__(self, folder: Path, keys: Mapping[str, bytes]) -> None:
        self._folder, self._keys = folder, dict(keys)

    @contextmanager
    def writing(self, name: str) -> Iterator[SealedWriter]:
        """A file that is there when the block ends, and not if it fails."""
        path = self._path(name)
        with store_failures():
            files.make_folder(self._folder)
            part = path.with_name(path.name + files.PART)
            try:
                with open(part, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
                    writer = SealedWriter(file, self._keys, _purpose(name))
                    yield writer
                    writer.close()
                os.replace(part, path)
            except BaseException:
                part.unlink(missing_ok=True)
                raise

    def write(self, name: str, body: bytes) -> None:
        """A whole file."""
        with self.writing(name) as writer:
            writer.write(body)

    def open(self, name: str) -> BinaryIO:
        """A stream of what was written. Raises FileNotFoundError, UnknownKey; Damaged now or while it is read."""
        return io.BufferedReader(_Reader(open(self._path(name), "rb"), self._keys, _purpose(name)), CHUNK)

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


class _Reader(io.RawIOBase):
    """A sealed stream as a file that is read."""

    def __init__(self, file: BinaryIO, keys: Mapping[str, bytes], purpose: str) -> None:
        super().__init__()
        self._file = file
        try:
            self._sealed = SealedReader(file, keys, purpose)
        except (NotSealed, UnknownKey) as error:
            file.close()
            raise Damaged(purpose) if isinstance(error, NotSealed) else error from None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._sealed.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._file.close()
        super().close()


def _purpose(name: str) -> str:
    return f"file {name}"


def _is_older(path: Path, before: datetime) -> bool:
    with suppress(FileNotFoundError):
        return files.modified(path) < before
    return False
