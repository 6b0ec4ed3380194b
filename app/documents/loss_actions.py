"""Pictures of documents that are in rows but not in the store any more: they are asked for again."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy.orm import Session

from app.application.actions import note
from app.application.audit_rules import Action
from app.application.status_row_rules import Subject
from app.base.blobs import turn_of, unreadable
from app.base.database import Database
from app.base.keyed_locks import KeyedLocks
from app.base.store import Store
from app.documents.actions import forget
from app.documents.model import Document
from app.documents.queries import blobs_of, documents_of
from app.identity.actor_rules import Actor
from app.pairing.actions import event
from app.pairing.queries import live_pairing
from app.pairing.rules import EventCode, State

log = logging.getLogger(__name__)


def lost_documents(db: Database, store: Store, turns: KeyedLocks, application_id: int, now: datetime) -> bool:
    """Whether pictures that count cannot be read back; from then on they count no longer. Raises StoreFailed."""
    with turns.of(turn_of(application_id)):
        with db.reading() as session:
            documents = documents_of(session, application_id)
        gone = [document.id for document in documents if unreadable(store, blobs_of(document))]
        if not gone:
            return False
        log.error(
            "pictures %s of documents of application %d are lost: they have to be taken again", gone, application_id
        )
        with db.writing() as session:
            return any([_lose(session, each, now) for each in gone])


def _lose(session: Session, document_id: int, now: datetime) -> bool:
    document = session.get(Document, document_id)
    if document is None or document.ended_at:
        return False
    document.ended_at, document.end_reason = now, "lost"
    forget(session, document)
    note(
        session,
        document.application_id,
        Actor.server(),
        Action.DOCUMENT_LOST,
        now,
        f"{document.slot} {document.sha256}",
    )
    pairing = live_pairing(session, document.application_id)
    if pairing is not None and pairing.subject == Subject.DOCUMENTS and pairing.state == State.RECEIVED:
        pairing.state, pairing.progress = State.CONFIRMED, EventCode.CONFIRMED
        event(session, pairing, EventCode.LOST, now)
    return True
