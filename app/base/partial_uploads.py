"""Resumable uploads: each piece is one sealed file, written to the disk before it is acknowledged."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from app.base import files
from app.base.clock import Clock
from app.base.seal import OVERHEAD, Damaged, Sealer, UnknownKey
from app.base.unavailable import StoreFailed, store_failures

KEY = re.compile(r"[0-9a-f]{64}/[0-9a-f]{64}")
LENGTH = "length"
AT_A_TIME = 2  # unfinished uploads of one owner
SMALL = 4096  # bytes: the size of pieces on the worst link, which bounds their number
SPARE = 64


class NoUpload(Exception):
    """No upload under this key, or it was dropped."""


class WrongOffset(Exception):
    """The piece does not start at the end of the upload, which is `current` bytes."""

    def __init__(self, current: int) -> None:
        super().__init__(current)
        self.current = current


class TooLong(Exception):
    """The piece exceeds the announced length."""


class TooMany(Exception):
    """The pieces of this upload are so small that there would be too many files."""


class PartialUploads:
    """Unfinished uploads in a folder. A key is `owner/upload`, 64 hexadecimal characters each; lengths are bytes.

    An owner may have AT_A_TIME uploads that together announce at most `room` bytes, or one of any size; a new one
    drops the oldest. All methods may raise StoreFailed.
    """

    def __init__(self, folder: Path, sealer: Sealer, clock: Clock, room: int) -> None:
        self._folder = folder
        self._sealer = sealer
        self._clock = clock
        self._room = room
        files.make_folder(folder)

    @store_failures()
    def start(self, key: str, length: int) -> int:
        """Start or resume an upload of that length; returns the bytes that are here. Another length starts anew."""
        with files.locked(self._folder):
            if self._length(key) != length:
                self._remove(key)
                self._make_room(key, length)
                files.make_folder(self._path(key).parent)
                files.make_folder(self._path(key))
                self._write(key, LENGTH, str(length).encode())
            return self._offset(key)

    @store_failures()
    def offset(self, key: str) -> int | None:
        """The bytes that are here; None when there is no such upload."""
        with files.locked(self._folder):
            return None if self._length(key) is None else self._offset(key)

    @store_failures()
    def length(self, key: str) -> int:
        """The length that was announced. Raises NoUpload."""
        length = self._length(key)
        if length is None:
            raise NoUpload(key)
        return length

    @store_failures()
    def append(self, key: str, offset: int, body: bytes) -> int:
        """Keep the piece; returns the new offset. Of two at the same offset the first is kept.

        Raises NoUpload, WrongOffset, TooLong, TooMany.
        """
        with files.locked(self._folder):
            length, parts = self.length(key), self._parts(key)
            current = sum(parts.values())
            if offset != current:
                raise WrongOffset(current)
            if current + len(body) > length:
                raise TooLong(key)
            if len(parts) >= SPARE + length // SMALL:
                raise TooMany(key)
            if body:
                self._write(key, f"{offset:012}", body)
            return current + len(body)

    @store_failures()
    def read(self, key: str) -> bytes:
        """All pieces joined. Raises NoUpload, Damaged, UnknownKey."""
        with files.locked(self._folder):
            self.length(key)
            return b"".join(self._open(key, part) for part in self._parts(key))

    @store_failures()
    def drop(self, key: str) -> None:
        """Delete the upload, if there is one."""
        with files.locked(self._folder):
            self._remove(key)

    @store_failures()
    def sweep(self, older_than: timedelta) -> int:
        """Drop uploads to which nothing was added for that time; returns how many."""
        limit = self._clock.now() - older_than
        with files.locked(self._folder):
            stale = [path for path in self._uploads() if files.modified(path) < limit]
            for path in stale:
                shutil.rmtree(path, ignore_errors=True)
            for owner in self._folder.iterdir():
                if files.modified(owner) < limit and not any(each.is_dir() for each in owner.iterdir()):
                    shutil.rmtree(owner, ignore_errors=True)
            files.sync(self._folder)
        return len(stale)

    @store_failures()
    def check(self) -> None:
        """Raises StoreFailed when nothing can be written now."""
        files.probe(self._folder)

    def _length(self, key: str) -> int | None:
        try:
            return int(self._open(key, LENGTH))
        except (FileNotFoundError, Damaged, UnknownKey):
            return None

    def _offset(self, key: str) -> int:
        return sum(self._parts(key).values())

    def _parts(self, key: str) -> dict[str, int]:
        """Name (its offset) → bytes, up to the first gap; a crash in `drop` leaves gaps."""
        parts: dict[str, int] = {}
        end = 0
        for path in sorted(path for path in self._path(key).iterdir() if path.name.isdigit()):
            if int(path.name) == end:
                parts[path.name] = path.stat().st_size - OVERHEAD
                end += parts[path.name]
        return parts

    def _uploads(self) -> Iterator[Path]:
        return (path for path in self._folder.glob("*/*") if KEY.fullmatch(f"{path.parent.name}/{path.name}"))

    def _make_room(self, key: str, length: int) -> None:
        """Drop the owner's oldest uploads until one more of that length fits."""
        path = self._path(key)
        others = sorted(path.parent.glob("*"), key=files.modified, reverse=True)
        for at, other in enumerate(others, start=1):
            length += self._length(f"{path.parent.name}/{other.name}") or 0
            if at >= AT_A_TIME or length > self._room:
                self._remove(f"{path.parent.name}/{other.name}")

    def _write(self, key: str, part: str, body: bytes) -> None:
        files.write(self._path(key) / part, self._sealer.seal(f"{key}/{part}", body))

    def _open(self, key: str, part: str) -> bytes:
        return self._sealer.open(f"{key}/{part}", (self._path(key) / part).read_bytes())

    def _remove(self, key: str) -> None:
        path = self._path(key)
        shutil.rmtree(path, ignore_errors=True)
        if path.parent.is_dir():
            files.sync(path.parent)
        if path.exists():
            raise StoreFailed("an unfinished upload cannot be removed")

    def _path(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise ValueError("the key of an upload is twice 64 hexadecimal characters")
        return self._folder / key
