"""What the documents dialog shows, told from the rows alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.application.contributions import Opinion
from app.application.model import Application
from app.application.terms import VERSION
from app.documents.model import Document
from app.documents.queries import documents_of, latest_in, seen_by
from app.documents.rules import LIMITS, RETENTION, Slot, slots_for, title_for
from app.pairing.ending_rules import ending_at_desk
from app.pairing.history_queries import warning_of
from app.pairing.model import Pairing
from app.pairing.queries import events_of, latest_pairing
from app.pairing.rules import PROGRESS, State, Subject


@dataclass(frozen=True)
class Row:
    """A slot with its picture. `state` is missing, rejected, received, or kept: the offices have it and want no other.

    `opinion` is what an office said about the rejected picture, when it is known; `before` is that picture.
    `expired`: a picture was here and was deleted when its time was over.
    """

    slot: Slot
    state: str
    document: Document | None = None
    opinion: Opinion | None = None
    before: Document | None = None
    expired: bool = False

    @property
    def filled(self) -> bool:
        """Its picture counts."""
        return self.document is not None


@dataclass(frozen=True)
class DocumentsDialog:
    """What the inside of the dialog shows. `seen` names the pictures that are shown; `asked`: a phone is wanted.

    Texts are to be translated: `doing` is what the phone does, `warning` what went wrong, `reason` why it is no longer
    connected; each is empty when there is nothing to say.
    """

    application: Application
    pairing: Pairing | None
    rows: list[Row]
    seen: str
    stage: str
    asked: bool
    doing: str
    warning: str
    reason: str

    @property
    def title(self) -> str:
        """What it is called for this type of document."""
        return title_for(self.application.candidate.id_type)

    @property
    def missing(self) -> list[str]:
        """The labels of the slots without a picture that counts."""
        return [row.slot.label for row in self.rows if not row.filled]

    @property
    def limits(self) -> str:
        """What a file has to be like."""
        return LIMITS

    @property
    def terms_version(self) -> str:
        """Which text the candidate agrees to with a picture."""
        return VERSION


def dialog_of(
    session: Session, application: Application, opinions: Sequence[Opinion], asked: bool, now: datetime
) -> DocumentsDialog:
    """The dialog as it is now; `opinions` are those of the last act."""
    pairing = latest_pairing(session, application.id, Subject.DOCUMENTS)
    reason = pairing.ended(now) if pairing else None
    return DocumentsDialog(
        application=application,
        pairing=pairing,
        rows=rows_of(session, application, opinions),
        seen=seen_by(documents_of(session, application.id)),
        stage=phone_stage(pairing, asked, now),
        asked=asked,
        doing=PROGRESS.get((pairing and (pairing.trouble or pairing.progress)) or "", ""),
        warning=warning_of(events_of(session, pairing.id)) if pairing and not reason else "",
        reason=ending_at_desk(reason or ""),
    )


def rows_of(session: Session, application: Application, opinions: Sequence[Opinion]) -> list[Row]:
    """The slots of this application's document, in order."""
    latest = latest_in(session, application.id)
    said = {opinion.item: opinion for opinion in opinions if not opinion.approved}
    return [_row(slot, latest.get(slot.key), said.get(slot.key)) for slot in slots_for(application.candidate.id_type)]


def _row(slot: Slot, document: Document | None, opinion: Opinion | None) -> Row:
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
