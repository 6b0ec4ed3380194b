"""The store of pictures: sealed blobs under names that tell nothing."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from app.base import disk
from app.base.seal import Damaged, Sealer, UnknownKey

NAME = re.compile(r"[0-9a-f]{64}")


class NoBlob(Exception):
    """Nothing is stored under this name."""


class Store(Protocol):
    """Where blobs live. A blob is durable when `put` returns, so that a row may then refer to it."""

    def put(self, owner: str, body: bytes) -> str:
        """Keep the body for an owner (an opaque tag); the same pair gives the same name, stored once."""

    def get(self, name: str) -> bytes:
        """The body. Raises NoBlob, Damaged, UnknownKey."""

    def delete(self, name: str, before: datetime | None = None) -> bool:
        """Remove it, with `before` only if it was last put earlier than that. True when it was removed."""

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Every blob with the time (UTC) it was last put."""

    def tidy(self, before: datetime) -> int:
        """Remove what interrupted writes left behind earlier than that; how many."""


class LocalStore:
    """A folder on this machine: 256 subfolders by the name's first two characters."""

    def __init__(self, folder: Path, sealer: Sealer) -> None:
        self._folder = folder
        self._sealer = sealer
        self._naming = sealer.derived("blob name")
        disk.make_folder(folder)
        for first_two in range(256):  # now, so that no put has to wait for a new folder to be durable
            (folder / f"{first_two:02x}").mkdir(mode=0o700, exist_ok=True)
        disk.sync(folder)

    def put(self, owner: str, body: bytes) -> str:
        """The name, once the blob is on the disk. An intact one only becomes young again; a damaged one is mended."""
        name = blob_name(self._naming, owner, body)
        path = self._path(name)
        with disk.locked(path.parent):
            if self._holds(name, body):
                os.utime(path)
                disk.sync(path.parent)
            else:
                disk.write(path, self._sealer.seal(name, body))
        return name

    def get(self, name: str) -> bytes:
        """The body. Raises NoBlob, Damaged, UnknownKey, and ValueError for what cannot be a name."""
        try:
            sealed = self._path(name).read_bytes()
        except FileNotFoundError:
            raise NoBlob(name) from None
        return self._sealer.open(name, sealed)

    def delete(self, name: str, before: datetime | None = None) -> bool:
        """Remove it for good; see Store. The lock keeps a `put` of the same body from being undone."""
        path = self._path(name)
        try:
            with disk.locked(path.parent):
                if before and disk.modified(path) >= before:
                    return False
                path.unlink()
                disk.sync(path.parent)
        except FileNotFoundError:
            return False
        return True

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Every blob with the time (UTC) it was last put, ordered by name."""
        return ((path.name, when) for path, when in self._files() if NAME.fullmatch(path.name))

    def tidy(self, before: datetime) -> int:
        """Remove torn files of earlier than that; how many."""
        torn = [path for path, when in self._files() if path.suffix == disk.PART and when < before]
        for path in torn:
            path.unlink(missing_ok=True)
        return len(torn)

    def _holds(self, name: str, body: bytes) -> bool:
        try:
            return self.get(name) == body
        except (NoBlob, Damaged, UnknownKey):
            return False

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise ValueError("the name of a blob is 64 hexadecimal characters")
        return self._folder / name[:2] / name

    def _files(self) -> Iterator[tuple[Path, datetime]]:
        for path in sorted(self._folder.glob("[0-9a-f][0-9a-f]/*")):
            try:
                yield path, disk.modified(path)
            except FileNotFoundError:
                continue


def blob_name(key: bytes, owner: str, body: bytes) -> str:
    """HMAC of owner and content: equal pictures of two people do not show as equal, and a name gives nothing away."""
    return hmac.new(key, owner.encode() + hashlib.sha256(body).digest(), hashlib.sha256).hexdigest()


def store_from_url(url: str, sealer: Sealer) -> Store:
    """`file:///folder` → a LocalStore. Raises ValueError for any other scheme."""
    parts = urlsplit(url)
    if parts.scheme != "file":
        raise ValueError(f"STORE_URL: {parts.scheme or 'no scheme'}: only file:///folder is supported")
    if parts.netloc not in ("", "localhost") or not parts.path.startswith("/"):
        raise ValueError("STORE_URL: write file:///folder, with three slashes and the whole path")
    return LocalStore(Path(unquote(parts.path)), sealer)
