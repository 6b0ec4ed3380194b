"""Blobs of a backup, unpacked beside a store, and put into it when everything is proved."""

from __future__ import annotations

import os
from pathlib import Path

from app.base import files
from app.base.store import NAME

SIDE = f"restore{files.PART}"


class UnpackedBlobs:
    """A folder inside the store's own, so that moving is renaming. It is there as long as a restore is unfinished.

    What an earlier one has moved already is there under the same names, which depend on the content alone.
    """

    def __init__(self, store: Path) -> None:
        self._store, self._side = store, store / SIDE

    def holds_others(self) -> bool:
        """Whether the store has blobs that no unfinished restore has brought."""
        return not self._side.exists() and any(
            NAME.fullmatch(path.name) for path in self._store.glob("[0-9a-f][0-9a-f]/*")
        )

    def begin(self) -> None:
        """Make the folders."""
        files.make_folder(self._store)
        for first_two in range(256):
            for folder in (self._store, self._side):
                (folder / f"{first_two:02x}").mkdir(mode=0o700, parents=True, exist_ok=True)

    def add(self, name: str, sealed: bytes) -> None:
        """Write one; it is on the disk after the next `os.sync`. Raises ValueError for what cannot be a name."""
        if not NAME.fullmatch(name):
            raise ValueError("the name of a blob is 64 hexadecimal characters")
        with open(self._side / name[:2] / name, "wb", opener=files.private) as file:
            file.write(sealed)

    def move_in(self) -> None:
        """Put all of them into the store, durably."""
        for path in self._side.glob("[0-9a-f][0-9a-f]/*"):
            os.replace(path, self._store / path.parent.name / path.name)
        for folder in self._store.glob("[0-9a-f][0-9a-f]"):
            files.sync(folder)

    def end(self) -> None:
        """The restore is finished."""
        for folder in self._side.glob("*"):
            folder.rmdir()
        self._side.rmdir()
        files.sync(self._store)
