"""What the documents dialog shows, told from the rows alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.application.model import Application
from app.documents.model import Document
from app.documents.queries import latest_in
from app.documents.retention_actions import RETENTION
from app.documents.rules import Slot, slots_for
from app.pairing.ending_rules import ending_at_desk
from app.pairing.model import Pairing
from app.pairing.rules import State


@dataclass(frozen=True)
class Row:
    """A slot with its picture. `state` is missing, rejected, received, or kept: the offices have it and want no other.

    `opinion` is what an office said about the rejected picture, when it is known; `before` is that picture.
    `expired`: a picture was here and was deleted when its time was over.
    """

    slot: Slot
    state: str
    document: Document | None = None
    opinion: Mapping[str, Any] | None = None
    before: Document | None = None
    expired: bool = False

    @property
    def filled(self) -> bool:
        """Its picture counts."""
        return self.document is not None


def rows_of(session: Session, application: Application, opinions: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The slots of this application's document, in order."""
    latest = latest_in(session, application.id)
    said = {str(opinion["item"]): opinion for opinion in opinions if not opinion["approved"]}
    return [_row(slot, latest.get(slot.key), said.get(slot.key)) for slot in slots_for(application.candidate.id_type)]


def _row(slot: Slot, document: Document | None, opinion: Mapping[str, Any] | None) -> Row:
    if document and document.end_reason == "rejected":
        return Row(slot, "rejected", opinion=opinion, before=document)
    if document is None or document.ended_at or not document.preview:
        return Row(slot, "missing", expired=document is not None and document.end_reason == RETENTION)
    return Row(slot, "kept" if document.handed_over_at else "received", document)


def phone_stage(pairing: Pairing | None, asked: bool, now: datetime) -> str:
    """What stands where the phone is offered: closed (a button), code, phone (one is connected) or ended (and why)."""
    reason = pairing.ended(now) if pairing else None
    if pairing and not reason:
        return "code" if pairing.state == State.ISSUED else "phone"
    if reason and ending_at_desk(reason) and asked:
        return "ended"
    return "code" if asked else "closed"
