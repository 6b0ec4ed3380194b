"""Uploads that come in pieces: each piece is one sealed file, on the disk before it is acknowledged."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from pathlib import Path

from app.base import disk
from app.base.clock import Clock
from app.base.seal import OVERHEAD, Damaged, Sealer, UnknownKey

KEY = re.compile(r"[0-9a-f]{64}")
LENGTH = "length"


class NoUpload(Exception):
    """No upload has been started under this key, or it has been dropped."""


class WrongOffset(Exception):
    """The piece does not begin where the upload ends; `current` says where that is, in bytes."""

    def __init__(self, current: int) -> None:
        super().__init__(current)
        self.current = current


class TooLong(Exception):
    """The piece goes past the length that was announced."""


class Pieces:
    """Unfinished uploads in a folder. A key is 64 hexadecimal characters; offsets and lengths are bytes."""

    def __init__(self, folder: Path, sealer: Sealer, clock: Clock) -> None:
        self._folder = folder
        self._sealer = sealer
        self._clock = clock
        disk.make_folder(folder)

    def start(self, key: str, length: int) -> int:
        """Begin, or go on with, an upload of that length; how many bytes are here. Another length begins afresh."""
        with disk.locked(self._folder):
            if self._length(key) != length:
                self._remove(key)
                disk.make_folder(self._path(key))
                self._write(key, LENGTH, str(length).encode())
            return self._offset(key)

    def offset(self, key: str) -> int | None:
        """How many bytes are here; None when there is no such upload."""
        with disk.locked(self._folder):
            return None if self._length(key) is None else self._offset(key)

    def length(self, key: str) -> int:
        """The length that was announced. Raises NoUpload."""
        length = self._length(key)
        if length is None:
            raise NoUpload(key)
        return length

    def append(self, key: str, offset: int, body: bytes) -> int:
        """Keep the piece; the new offset. Of two at the same offset one wins.

        Raises NoUpload, WrongOffset, TooLong.
        """
        with disk.locked(self._folder):
            length, current = self.length(key), self._offset(key)
            if offset != current:
                raise WrongOffset(current)
            if current + len(body) > length:
                raise TooLong(key)
            if body:
                self._write(key, f"{offset:012}", body)
            return current + len(body)

    def read(self, key: str) -> bytes:
        """What is here, joined. Raises NoUpload, Damaged, UnknownKey."""
        with disk.locked(self._folder):
            self.length(key)
            return b"".join(self._open(key, part) for part in self._parts(key))

    def drop(self, key: str) -> None:
        """Forget the upload, if there is one."""
        with disk.locked(self._folder):
            self._remove(key)

    def sweep(self, older_than: timedelta) -> int:
        """Drop uploads that nothing was added to for so long; how many."""
        limit = self._clock.now() - older_than
        with disk.locked(self._folder):
            stale = [key for key in self._keys() if disk.modified(self._path(key)) < limit]
            for key in stale:
                self._remove(key)
        return len(stale)

    def _length(self, key: str) -> int | None:
        try:
            return int(self._open(key, LENGTH))
        except (FileNotFoundError, Damaged, UnknownKey):
            return None

    def _offset(self, key: str) -> int:
        return sum(self._parts(key).values())

    def _parts(self, key: str) -> dict[str, int]:
        """Name (the offset it begins at) → bytes, as far as they follow each other; a crash in `drop` leaves holes."""
        parts: dict[str, int] = {}
        end = 0
        for path in sorted(path for path in self._path(key).iterdir() if path.name.isdigit()):
            if int(path.name) == end:
                parts[path.name] = path.stat().st_size - OVERHEAD
                end += parts[path.name]
        return parts

    def _keys(self) -> list[str]:
        return [path.name for path in self._folder.iterdir() if KEY.fullmatch(path.name)]

    def _write(self, key: str, part: str, body: bytes) -> None:
        disk.write(self._path(key) / part, self._sealer.seal(f"{key}/{part}", body))

    def _open(self, key: str, part: str) -> bytes:
        return self._sealer.open(f"{key}/{part}", (self._path(key) / part).read_bytes())

    def _remove(self, key: str) -> None:
        shutil.rmtree(self._path(key), ignore_errors=True)
        disk.sync(self._folder)

    def _path(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise ValueError("the key of an upload is 64 hexadecimal characters")
        return self._folder / key
