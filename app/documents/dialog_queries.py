"""What the documents dialog shows, told from the rows alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from app.application.model import Application
from app.base.errors import N_
from app.documents import texts
from app.documents.model import Document
from app.documents.queries import latest_in
from app.documents.rules import RETENTION, Slot, slots_for
from app.pairing.ending_rules import ending_at_desk
from app.pairing.model import Pairing
from app.pairing.rules import State


class CardWords(NamedTuple):
    """What a card says of its picture: tone, icon, words, and what follows from it."""

    tone: str
    icon: str
    words: str
    note: str = ""


MISSING = CardWords("inform", "info", texts.MISSING)
CARD_WORDS = {
    "missing": MISSING,
    "received": CardWords("good", "check", texts.RECEIVED),
    "kept": CardWords("good", "check", N_("已提交过"), N_("这张没有被退回，可以不换。")),
    "rejected": CardWords("bad", "cross", texts.REJECTED, N_("请换一张重新上传。")),
}
EXPIRED = MISSING._replace(note=N_("之前的图片已过保存期限，按规定删除了。请重新上传。"))
SAID_ABOVE = CARD_WORDS["rejected"]._replace(note=N_("请看上面的审核意见，换一张重新上传。"))


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

    @property
    def removable(self) -> bool:
        """Whether the candidate may take it back."""
        return self.state == "received"

    @property
    def reasons(self) -> Sequence[str]:
        """Why it was rejected."""
        return self.opinion["reasons"] if self.opinion and self.state == "rejected" else ()

    @property
    def told(self) -> CardWords:
        """What the card says; reasons come in the place of the note."""
        if self.state == "rejected" and self.opinion and self.opinion["opinion"]:
            return SAID_ABOVE
        return EXPIRED if self.expired else CARD_WORDS[self.state]


def opinion_on(rows: Sequence[Row]) -> Mapping[str, Any] | None:
    """What an office said in its own words about the pictures that it rejected, once for all."""
    said = (row.opinion for row in rows if row.state == "rejected" and row.opinion)
    return next((each for each in said if each["opinion"]), None)


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


# What is shown of the phone at each stage; closed has no template of its own.
STAGES = {"code": "pairing/_code.html", "phone": "documents/_phone.html", "ended": "pairing/_ended.html"}


def phone_stage(pairing: Pairing | None, asked: bool, now: datetime) -> str:
    """What stands where the phone is offered: closed (a button), code, phone (one is connected) or ended (and why)."""
    reason = pairing.ended(now) if pairing else None
    if pairing and not reason:
        return "code" if pairing.state == State.ISSUED else "phone"
    if reason and ending_at_desk(reason) and asked:
        return "ended"
    return "code" if asked else "closed"
