"""The manifest of an export: rows kept and found some at a time, so that nobody waits long for the database."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import delete, insert, select

from app.base.database import Database
from app.base.store import Store
from app.exports.former_queries import former_names
from app.exports.model import ExportItem
from app.exports.queries import people_of
from app.exports.rules import Change, Part

AT_ONCE = 500
Row = dict[str, str | int | None]
T = TypeVar("T")
EMPTY: Row = {
    "application_id": None,
    "capture_id": None,
    "name": "",
    "blob": "",
    "sha256": "",
    "crc32": 0,
    "bytes": 0,
    "fault": None,
}


class Manifest:
    """That of one export, which is compared with `since_id`."""

    def __init__(self, db: Database, store: Store, export_id: int, since_id: int | None) -> None:
        self._db, self._store, self._export_id, self._since_id = db, store, export_id, since_id

    def former_names(self, ids: Sequence[int]) -> dict[int, str]:
        """What the photos of these applications were called in the export that it is compared with."""
        found: dict[int, str] = {}
        for some in some_of(ids):
            with self._db.reading() as session:
                found |= former_names(session, self._since_id, some)
        return found

    def people(self, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
        """准考证号 and name of these applications."""
        found: dict[int, tuple[str, str]] = {}
        for some in some_of(ids):
            with self._db.reading() as session:
                found |= people_of(session, some)
        return found

    def file(self, name: str, body: bytes) -> None:
        """A file of ours: in the store before its row."""
        kept: Row = {"blob": self._store.put(f"export {self._export_id}", body), "bytes": len(body)}
        sums: Row = {"sha256": hashlib.sha256(body).hexdigest(), "crc32": zlib.crc32(body)}
        item: Row = {"export_id": self._export_id, "part": Part.FILE, "change": Change.NEW, "name": name}
        self.keep([EMPTY | item | kept | sums])

    def keep(self, rows: Sequence[Row]) -> None:
        """Add these lines."""
        for some in some_of(rows):
            with self._db.writing() as session:
                session.execute(insert(ExportItem), some)

    def forget(self) -> None:
        """The manifest is empty again."""
        of_it = select(ExportItem.id).where(ExportItem.export_id == self._export_id)
        with self._db.reading() as session:
            ids = session.scalars(of_it).all()
        for some in some_of(ids):
            with self._db.writing() as session:
                session.execute(delete(ExportItem).where(ExportItem.id.in_(some)))


def some_of(every: Sequence[T]) -> Iterator[list[T]]:
    """AT_ONCE of them at a time."""
    return (list(every[start : start + AT_ONCE]) for start in range(0, len(every), AT_ONCE))
