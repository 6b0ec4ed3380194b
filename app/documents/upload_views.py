"""How a picture of a document comes in, from whichever side: read, seal, store, then one short transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from sqlalchemy.orm import Session

from app.base.blobs import turn_of
from app.documents.actions import Sent
from app.documents.model import Document
from app.documents.queries import document_in
from app.documents.rules import check_sides, check_size
from app.graduation.model import Application
from app.web.here import parts

Arrive = Callable[[Session, Sent], Document]


def take(
    application: Application, slot: str, source: str, declared: str, body: bytes, arrive: Arrive
) -> tuple[Document, bool]:
    """The picture's row, and whether it is new: the same picture in the same slot again is only answered again.

    `arrive` writes the row. Raises Refused: `empty`, `too_large`, `too_small`, `too_many`, and what reading raises.
    """
    check_size(len(body))
    sha256 = hashlib.sha256(body).hexdigest()
    with parts().turns.of(turn_of(application.id)):
        with parts().db.reading() as db:
            before = document_in(db, application.id, slot)
        if before and before.sha256 == sha256:
            return before, False
        with parts().limits.counted(f"{parts().settings.uploads_per_day} per day", "documents", str(application.id)):
            sent = _kept(application, slot, source, declared, body, sha256)
            with parts().db.writing() as db:
                return arrive(db, sent), True


def _kept(application: Application, slot: str, source: str, declared: str, body: bytes, sha256: str) -> Sent:
    """Blobs before rows; a refused picture is not kept, but counts."""
    read = parts().reader.read(body, declared)
    check_sides(read.width, read.height)
    original, preview = (parts().store.put(application.tag, each) for each in (body, read.jpeg))
    return Sent(slot, source, sha256, len(body), read.width, read.height, original, preview)
