"""A portrait that is in a row but not in the store any more: it cannot be handed over, and is asked for again."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy.orm import Session

from app.application.actions import note, take_step
from app.application.audit_rules import Action
from app.application.model import Application
from app.application.status_row_rules import Subject
from app.application.workflow import Status
from app.base.blobs import turn_of, unreadable
from app.base.database import Database
from app.base.keyed_locks import KeyedLocks
from app.base.store import Store
from app.identity.actor_rules import Actor, Role
from app.pairing.actions import end, event
from app.pairing.queries import live_pairing
from app.pairing.rules import End, EventCode, State
from app.portrait.actions import end_capture
from app.portrait.queries import blobs_of, draft_of

log = logging.getLogger(__name__)


def lost_portrait(db: Database, store: Store, turns: KeyedLocks, application_id: int, now: datetime) -> bool:
    """Whether the portrait that counts cannot be read back; from then on it counts no longer. Raises StoreFailed."""
    with turns.of(turn_of(application_id)):
        with db.reading() as session:
            draft = draft_of(session, application_id)
        if draft is None or not unreadable(store, blobs_of(draft)):
            return False
        log.error("the portrait %d of application %d is lost: it has to be taken again", draft.id, application_id)
        with db.writing() as session:
            return _lose(session, application_id, draft.sha256, now)


def _lose(session: Session, application_id: int, sha256: str, now: datetime) -> bool:
    application, draft = session.get(Application, application_id), draft_of(session, application_id)
    if application is None or draft is None or draft.sha256 != sha256:
        return False
    end_capture(session, draft, "lost", now)
    note(session, application_id, Actor.server(), Action.CAPTURE_LOST, now, sha256)
    _ask_again(session, application, now)
    return True


def _ask_again(session: Session, application: Application, now: datetime) -> None:
    """Back to where portraits are taken; the phone, if one still holds the pairing, is asked for another."""
    if application.status == Status.DOCUMENTS:
        take_step(session, application, Action.PORTRAIT_LOST, Role.SERVER, now, Actor.server())
    pairing = live_pairing(session, application.id)
    if pairing is None:
        return
    if pairing.subject != Subject.PORTRAIT:
        end(session, pairing, End.REPLACED, Actor.server(), now)
    elif pairing.state == State.RECEIVED:
        pairing.state, pairing.progress = State.CONFIRMED, EventCode.CONFIRMED
        event(session, pairing, EventCode.LOST, now)
