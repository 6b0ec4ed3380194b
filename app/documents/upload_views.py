"""How a picture of a document comes in, from whichever side: read, seal, store, then one short transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Protocol

from sqlalchemy.orm import Session

from app.application.model import Application
from app.base.blobs import turn_of
from app.base.keyed_locks import KeyedLocks
from app.base.limits import RateLimits
from app.base.store import Store
from app.documents.actions import SentDocument
from app.documents.model import Document
from app.documents.queries import document_in
from app.documents.rules import check_sides, check_size
from app.http.provided import database, provided
from app.imaging.transcode import Transcoder


class DocumentSettings(Protocol):
    """The settings that this slice reads."""

    @property
    def uploads_per_day(self) -> int:
        """Pictures one application may send in a day."""
        ...


Arrive = Callable[[Session, SentDocument], Document]


def take(
    application: Application, slot: str, source: str, declared: str, body: bytes, arrive: Arrive
) -> tuple[Document, bool]:
    """The picture's row, and whether it is new: the same picture in the same slot again is only answered again.

    `arrive` writes the row. Raises Refused: `empty`, `too_large`, `too_small`, `too_many`, and what reading raises.
    """
    check_size(len(body))
    sha256 = hashlib.sha256(body).hexdigest()
    with provided(KeyedLocks).of(turn_of(application.id)):
        with database().reading() as db:
            before = document_in(db, application.id, slot)
        if before and before.sha256 == sha256:
            return before, False
        with provided(RateLimits).counted(
            f"{provided(DocumentSettings).uploads_per_day} per day", "documents", str(application.id)
        ):
            sent = _kept(application, slot, source, declared, body, sha256)
            with database().writing() as db:
                return arrive(db, sent), True


def _kept(application: Application, slot: str, source: str, declared: str, body: bytes, sha256: str) -> SentDocument:
    """Blobs before rows; a refused picture is not kept, but counts."""
    read = provided(Transcoder).transcode(body, declared)
    check_sides(read.width, read.height)
    original, preview = (provided(Store).put(application.tag, each) for each in (body, read.jpeg))
    return SentDocument(slot, source, sha256, len(body), read.width, read.height, original, preview)
