"""Receiving a picture of a document, removing it, handing all of them over, giving them up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.application.actions import give_receipt, note, take_step
from app.application.audit_rules import Action
from app.application.model import Application, Receipt
from app.application.queries import receipts_of
from app.application.status_row_rules import Subject
from app.application.workflow import Status, not_now
from app.base.blobs import drop
from app.base.database import updated_one_row
from app.base.errors import N_, Refused
from app.documents.model import BLOBS, Document
from app.documents.queries import blobs_of, consented, document_in, documents_of, is_complete, seen_by
from app.identity.actor_rules import Actor, Role
from app.pairing.actions import end, event, is_active
from app.pairing.model import Pairing
from app.pairing.queries import live_pairing
from app.pairing.rules import NO_MORE_HERE, End, EventCode, State
from app.pairing.texts import AGREE_FIRST, NOT_CONFIRMED

RECEIPT = "documents"


@dataclass(frozen=True)
class SentDocument:
    """A picture as it arrived (`source`: desk or phone), with the names of its sealed BLOBS."""

    slot: str
    source: str
    sha256: str
    bytes: int
    width: int
    height: int
    original: str
    preview: str


def check_open(application: Application) -> None:
    """Refused unless pictures of documents are wanted now."""
    if application.status != Status.DOCUMENTS:
        raise not_now()


def check_consented(session: Session, application: Application) -> None:
    """Refused until the candidate has agreed to the use of pictures of documents."""
    if not consented(session, application.id):
        raise Refused("no_consent", AGREE_FIRST, 409)


def receive(session: Session, application: Application, sent: SentDocument, actor: Actor, now: datetime) -> Document:
    """The row of a picture; the one that was in its slot counts no more."""
    _hold_open(session, application)
    check_consented(session, application)
    live = (Document.application_id == application.id, Document.slot == sent.slot, Document.ended_at.is_(None))
    if before := session.scalar(select(Document).where(*live)):
        _end(session, before, "replaced", now)
    document = Document(application_id=application.id, **vars(sent), received_at=now)
    session.add(document)
    session.flush()
    note(session, application.id, actor, Action.DOCUMENT_RECEIVED, now, f"{sent.slot} {sent.sha256}")
    return document


def check_may_send(pairing: Pairing, most: int) -> None:
    """Refused when this phone is for something else, the person has not confirmed, or has sent too much."""
    check_open(pairing.application)
    if pairing.subject != Subject.DOCUMENTS:
        raise not_now()
    if pairing.state == State.CLAIMED:
        raise Refused(*NOT_CONFIRMED)
    if pairing.uploads >= most:
        raise Refused(*NO_MORE_HERE)


def receive_from(session: Session, pairing: Pairing, sent: SentDocument, most: int, now: datetime) -> Document:
    """The row of a picture that a phone sent, and all that follows from it."""
    counted = update(Pairing).where(Pairing.id == pairing.id, Pairing.uploads < most)
    if not updated_one_row(session, counted.values(uploads=Pairing.uploads + 1)):
        raise Refused(*NO_MORE_HERE)
    document = receive(session, pairing.application, sent, Actor.pairing(pairing.id), now)
    pairing.state = State.RECEIVED if is_complete(session, pairing.application) else State.CONFIRMED
    pairing.progress, pairing.trouble = EventCode.RECEIVED, None
    is_active(session, pairing, now)
    event(session, pairing, EventCode.DOCUMENT_RECEIVED, now, str(sent.bytes))
    return document


def remove(session: Session, application: Application, slot: str, actor: Actor, now: datetime) -> bool:
    """The picture of this slot is taken back, unless the offices have it already; whether there was one."""
    _hold_open(session, application)
    document = document_in(session, application.id, slot)
    if document is None or document.handed_over_at:
        return False
    _end(session, document, "withdrawn", now)
    note(session, application.id, actor, Action.DOCUMENT_REMOVED, now, slot)
    return True


def submit(session: Session, application: Application, seen: str, now: datetime) -> Receipt:
    """提交身份证附件: exactly the pictures that were shown (`seen_by`) go to the city office. Twice is once."""
    documents = documents_of(session, application.id)
    if application.status != Status.DOCUMENTS and seen == seen_by(documents) and seen:
        return receipts_of(session, application.id, RECEIPT)[0]
    check_open(application)
    if not is_complete(session, application):
        raise Refused("incomplete", N_("证件附件还不齐全。请先上传缺少的附件。"), 409)
    if seen != seen_by(documents):
        raise Refused("changed", N_("附件刚刚有变化。请看过现在的附件后再提交。"), 409)
    take_step(session, application, Action.SUBMIT_DOCUMENTS, Role.CANDIDATE, now)
    for document in documents:
        document.handed_over_at = document.handed_over_at or now
    pairing = live_pairing(session, application.id)
    if pairing is not None:
        end(session, pairing, End.HANDED_OVER, Actor.candidate(application.candidate_id), now)
    return give_receipt(session, application, RECEIPT, _facts(documents), now)


def give_up(session: Session, application: Application, actor: Actor, now: datetime) -> None:
    """The application is withdrawn: no picture counts any more and none is kept, handed over or not."""
    for document in session.scalars(select(Document).where(Document.application_id == application.id)).all():
        if document.ended_at is None:
            document.ended_at, document.end_reason = now, "withdrawn"
            note(session, application.id, actor, Action.DOCUMENTS_GIVEN_UP, now, document.slot)
        forget(session, document)


def _hold_open(session: Session, application: Application) -> None:
    """Pictures are wanted now, and nobody hands over while this transaction lasts."""
    held = update(Application).where(Application.id == application.id, Application.status == Status.DOCUMENTS)
    if not updated_one_row(session, held.values(status=Status.DOCUMENTS)):
        raise not_now()


def _end(session: Session, document: Document, reason: str, now: datetime) -> None:
    """It counts no more. What the offices have seen is kept as long as their decision may be asked for."""
    document.ended_at, document.end_reason = now, reason
    if document.handed_over_at is None:
        forget(session, document)
    session.flush()


def forget(session: Session, document: Document) -> None:
    """Its blobs are dropped; the row stays."""
    drop(session, document.application_id, blobs_of(document))
    for column in BLOBS:
        setattr(document, column, None)


def _facts(documents: list[Document]) -> dict[str, str | int]:
    facts: dict[str, str | int] = {"pictures": len(documents)}
    for document in documents:
        facts |= {f"{document.slot}_sha256": document.sha256, f"{document.slot}_bytes": document.bytes}
    return facts
