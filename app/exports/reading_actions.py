"""Reading what an export consists of out of the store, one entry at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.base.database import Database
from app.base.seal import Damaged, UnknownKey
from app.base.store import NoBlob, Store
from app.exports.actions import password
from app.exports.model import Export
from app.exports.queries import entries_of
from app.exports.seal_rules import Cipher
from app.exports.zip_rules import Entry, Plan


class Lost(Exception):
    """An entry cannot be read as it was when the export was made; the message says which blob, and why."""


def bytes_of(db: Database, store: Store, export_id: int, secret_keys: Sequence[str], start: int = 0) -> Iterator[bytes]:
    """The ZIP of an export that was made, from this byte on. Pictures are unsealed one at a time. Raises Lost."""
    with db.reading() as session:
        export = session.get_one(Export, export_id)
        entries = entries_of(session, export_id)
        cipher = Cipher(password(export, secret_keys)) if export.sealed else None

    def read(entry: Entry) -> bytes:
        try:
            body = store.get(entry.blob)
        except (NoBlob, Damaged, UnknownKey) as error:
            raise Lost(f"{entry.blob}: {type(error).__name__}") from None
        if len(body) != entry.bytes:
            raise Lost(f"{entry.blob}: {len(body)} bytes instead of {entry.bytes}")
        return body

    return Plan(entries, cipher).stream(read, start)
