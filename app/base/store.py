"""The store of pictures: encrypted blobs under opaque names."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from app.base import files
from app.base.seal import Damaged, Sealer, UnknownKey
from app.base.unavailable import StoreFailed, store_failures

NAME = re.compile(r"[0-9a-f]{64}")
HOLD_PATIENCE = 5.0  # seconds for deletions under way


class NoBlob(Exception):
    """Nothing is stored under this name."""


class Store(Protocol):
    """Where blobs live. A blob is durable when `put` returns, so that a row may then refer to it.

    All methods may raise StoreFailed (the disk is full, broken or missing), which implies nothing about any blob.
    """

    def put(self, owner: str, body: bytes) -> str:
        """Keep the body for an owner (an opaque tag); the same pair gives the same name, stored once."""

    def get(self, name: str) -> bytes:
        """The body. Raises NoBlob, Damaged, UnknownKey."""

    def sealed(self, name: str) -> bytes:
        """The bytes as they are stored, for a backup. Raises NoBlob."""

    def hold(self) -> AbstractContextManager[None]:
        """Within the block nothing is deleted, by whatever process; what should be is left to `flask sweep`.

        Raises StoreFailed when another process holds it."""

    def delete(self, name: str, before: datetime | None = None) -> bool:
        """Remove it, with `before` only if it was last put earlier than that. True when it was removed; False also
        while the store is held."""

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Every blob with the time (UTC) it was last put."""

    def tidy(self, before: datetime) -> int:
        """Remove files that interrupted writes left before that time; returns how many."""

    def check(self) -> None:
        """Raises StoreFailed when nothing can be written now."""


class LocalStore:
    """A folder on this machine: 256 subfolders by the name's first two characters."""

    def __init__(self, folder: Path, sealer: Sealer) -> None:
        self._folder = folder
        self._sealer = sealer
        self._naming = sealer.derived("blob name")
        files.make_folder(folder)
        self._device = folder.stat().st_dev
        for first_two in range(256):  # now, so that no put has to sync a new folder
            (folder / f"{first_two:02x}").mkdir(mode=0o700, exist_ok=True)
        files.sync(folder)

    @store_failures()
    def put(self, owner: str, body: bytes) -> str:
        """The name, once the blob is on the disk. An intact blob only gets a new time; a damaged one is rewritten."""
        name = blob_name(self._naming, owner, body)
        path = self._place(name)
        files.make_folder(path.parent)
        with files.locked(path.parent):
            if self._holds(name, body):
                os.utime(path)
                files.sync(path.parent)
            else:
                files.write(path, self._sealer.seal(name, body))
        return name

    @store_failures()
    def get(self, name: str) -> bytes:
        """The body. Raises NoBlob, Damaged, UnknownKey, and ValueError for what cannot be a name."""
        return self._sealer.open(name, self.sealed(name))

    @store_failures()
    def sealed(self, name: str) -> bytes:
        """The bytes as they are stored. Raises NoBlob, and ValueError for what cannot be a name."""
        path = self._place(name)
        try:
            return path.read_bytes()
        except FileNotFoundError:
            raise NoBlob(name) from None

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Nothing is deleted meanwhile; see Store. Not for the server: it waits in steps of its own."""
        with ExitStack() as stack:
            with store_failures():
                held = stack.enter_context(files.held(self._folder, HOLD_PATIENCE))
            if not held:
                raise StoreFailed("the store is held by another backup or restore")
            yield

    @store_failures()
    def delete(self, name: str, before: datetime | None = None) -> bool:
        """Remove it; see Store. The lock prevents undoing a `put` of the same body."""
        path = self._place(name)
        try:
            with files.shared(self._folder) as free, files.locked(path.parent):
                if not free or (before and files.modified(path) >= before):
                    return False
                path.unlink()
                files.sync(path.parent)
        except FileNotFoundError:
            return False
        return True

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Every blob with the time (UTC) it was last put, ordered by name."""
        return ((path.name, when) for path, when in self._files() if NAME.fullmatch(path.name))

    @store_failures()
    def tidy(self, before: datetime) -> int:
        """Remove partly written files from before that time; returns how many."""
        torn = [path for path, when in self._files() if path.suffix == files.PART and when < before]
        for path in torn:
            path.unlink(missing_ok=True)
        return len(torn)

    @store_failures()
    def check(self) -> None:
        """Raises StoreFailed when the folder is missing or not writable."""
        files.probe(self._place("0" * 64).parent.parent)

    def _holds(self, name: str, body: bytes) -> bool:
        try:
            return self.get(name) == body
        except (NoBlob, Damaged, UnknownKey, StoreFailed):
            return False

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise ValueError("the name of a blob is 64 hexadecimal characters")
        return self._folder / name[:2] / name

    def _place(self, name: str) -> Path:
        """The path of a blob. Raises StoreFailed when the disk is not mounted: no blob counts as missing then, and none
        may be written below the mount point. On the mounted disk a removed folder means that its blobs are missing."""
        path = self._path(name)
        if not path.parent.is_dir() and self._folder.stat().st_dev != self._device:
            raise StoreFailed("the disk of the store is not mounted")
        return path

    def _files(self) -> Iterator[tuple[Path, datetime]]:
        with store_failures():
            paths = sorted(self._folder.glob("[0-9a-f][0-9a-f]/*"))
        for path in paths:
            if when := _modified(path):
                yield path, when


@store_failures()
def _modified(path: Path) -> datetime | None:
    """When it last changed; None when it was deleted since it was listed."""
    try:
        return files.modified(path)
    except FileNotFoundError:
        return None


def blob_name(key: bytes, owner: str, body: bytes) -> str:
    """HMAC of owner and content: equal pictures of two owners get different names, and a name reveals nothing."""
    return hmac.new(key, owner.encode() + hashlib.sha256(body).digest(), hashlib.sha256).hexdigest()


def store_from_url(url: str, sealer: Sealer) -> Store:
    """`file:///folder` → a LocalStore. Raises ValueError for any other scheme."""
    return LocalStore(folder_of(url), sealer)


def folder_of(url: str) -> Path:
    """The folder of a `file:///folder`. Raises ValueError for any other scheme."""
    parts = urlsplit(url)
    if parts.scheme != "file":
        raise ValueError(f"STORE_URL: {parts.scheme or 'no scheme'}: only file:///folder is supported")
    if parts.netloc not in ("", "localhost") or not parts.path.startswith("/"):
        raise ValueError("STORE_URL: write file:///folder, with three slashes and the whole path")
    return Path(unquote(parts.path))
