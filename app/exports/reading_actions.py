"""Reading what an export consists of out of the store, one entry at a time."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence

from app.base.database import Database
from app.base.seal import Damaged, UnknownKey
from app.base.store import NoBlob, Store
from app.exports.actions import password
from app.exports.model import Export
from app.exports.queries import entries_of
from app.exports.rules import Fault
from app.exports.seal_rules import Cipher
from app.exports.zip_rules import Plan, ZipEntry

FAULT_OF = {NoBlob: Fault.MISSING, Damaged: Fault.DAMAGED, UnknownKey: Fault.LOCKED}


class Lost(Exception):
    """An entry cannot be read as it was when the export was made; the message says which blob, and why."""


def checked(store: Store, blob: str, sha256: str) -> tuple[Fault | None, int, int]:
    """What is wrong with a registered photo, None when it can be read back just so; its bytes and their CRC-32."""
    if not blob or not sha256:
        return Fault.NONE, 0, 0
    try:
        body = store.get(blob)
    except (NoBlob, Damaged, UnknownKey) as error:
        return FAULT_OF[type(error)], 0, 0
    if hashlib.sha256(body).hexdigest() != sha256:
        return Fault.DIFFERS, 0, 0
    return None, len(body), zlib.crc32(body)


def bytes_of(db: Database, store: Store, export_id: int, secret_keys: Sequence[str], start: int = 0) -> Iterator[bytes]:
    """The ZIP of an export that was made, from this byte on. Pictures are unsealed one at a time. Raises Lost."""
    with db.reading() as session:
        export = session.get_one(Export, export_id)
        entries = list(entries_of(session, export_id))
        cipher = Cipher(password(export, secret_keys)) if export.sealed else None

    def read(entry: ZipEntry) -> bytes:
        try:
            body = store.get(entry.blob)
        except (NoBlob, Damaged, UnknownKey) as error:
            raise Lost(f"{entry.blob}: {type(error).__name__}") from None
        if len(body) != entry.bytes:
            raise Lost(f"{entry.blob}: {len(body)} bytes instead of {entry.bytes}")
        return body

    return Plan(entries, cipher).stream(read, start)
