"""What the documents dialog shows, told from the rows alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.application.contributions import PORTRAIT, Opinion
from app.application.model import Application
from app.application.status_row_rules import Subject
from app.application.terms import VERSION
from app.application.workflow import Branch
from app.base.errors import N_
from app.documents import texts
from app.documents.model import Document
from app.documents.queries import consented, documents_of, latest_in, seen_by
from app.documents.rules import RETENTION, Slot, slots_for, submit_words, title_for
from app.pairing.ending_rules import ending_at_desk
from app.pairing.history_queries import warning_of
from app.pairing.model import Pairing
from app.pairing.queries import events_of, latest_pairing
from app.pairing.rules import PROGRESS, State
from app.pairing.texts import AGREE_FIRST


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
    "kept": CardWords("good", "check", N_("已提交过"), N_("此附件已通过，无需重新上传。")),
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
    opinion: Opinion | None = None
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
        return self.opinion.reasons if self.opinion and self.state == "rejected" else ()

    @property
    def told(self) -> CardWords:
        """What the card says; reasons come in the place of the note."""
        if self.state == "rejected" and self.opinion and self.opinion.opinion:
            return SAID_ABOVE
        return EXPIRED if self.expired else CARD_WORDS[self.state]


def opinion_on(rows: Sequence[Row]) -> Opinion | None:
    """What an office said in its own words about the pictures that it rejected, once for all."""
    said = (row.opinion for row in rows if row.state == "rejected" and row.opinion)
    return next((each for each in said if each.opinion), None)


@dataclass(frozen=True)
class DocumentsDialog:
    """What the inside of the dialog shows. `seen` names the pictures that are shown; `asked`: a phone is wanted;
    `stage_page` is the template of what is shown of the phone.

    `consented`: pictures may be taken. Texts are to be translated: `why` is why it is open, `doing` what a phone does,
    `warning` what went wrong, `reason` why it is no longer connected; each is empty when there is nothing to say.
    """

    application: Application
    pairing: Pairing | None
    rows: list[Row]
    seen: str
    stage_page: str
    asked: bool
    consented: bool
    why: str
    doing: str
    warning: str
    reason: str

    @property
    def title(self) -> str:
        """What it is called for this type of document."""
        return title_for(self.application.candidate.id_type)

    @property
    def submit_words(self) -> str:
        """What stands on the button that hands the pictures over."""
        return submit_words(self.application.candidate.id_type)

    @property
    def missing(self) -> list[str]:
        """The labels of the slots without a picture that counts."""
        return [row.slot.label for row in self.rows if not row.filled]

    @property
    def opinion(self) -> Opinion | None:
        """The office's own words about the pictures that it rejected."""
        return opinion_on(self.rows)

    @property
    def agree_first(self) -> str:
        """What is said of a file before the consent."""
        return AGREE_FIRST

    @property
    def limits(self) -> str:
        """What a file has to be like."""
        return texts.LIMITS

    @property
    def terms_version(self) -> str:
        """Which text the candidate agrees to with a picture."""
        return VERSION


def dialog_of(
    session: Session, application: Application, opinions: Sequence[Opinion], asked: bool, now: datetime
) -> DocumentsDialog:
    """The dialog as it is now; `opinions` are those of the last act."""
    pairing = latest_pairing(session, application.id, Subject.DOCUMENTS)
    reason, stage = pairing.ended(now) if pairing else None, phone_stage(pairing, asked, now)
    events = events_of(session, pairing.id) if pairing and not reason else []
    return DocumentsDialog(
        application=application,
        pairing=pairing,
        rows=rows_of(session, application, opinions),
        seen=seen_by(documents_of(session, application.id)),
        stage_page=STAGES.get(stage, ""),
        asked=asked,
        consented=consented(session, application.id),
        why=why_open(application, opinions),
        doing=PROGRESS.get((pairing and (pairing.trouble or pairing.progress)) or "", ""),
        warning=warning_of(events, stage == "code"),
        reason=ending_at_desk(reason or ""),
    )


def why_open(application: Application, opinions: Sequence[Opinion]) -> str:
    """Why pictures of documents are wanted."""
    if any(not each.approved for each in opinions if each.item != PORTRAIT):
        return texts.WHY_REJECTED
    return texts.WHY_OTHER if application.branch == Branch.OTHER else texts.WHY_MISMATCH


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
