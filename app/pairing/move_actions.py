"""换浏览器打开 and the way back: which browser of a phone holds the pairing. See docs/decisions/way-back.md."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.application.actions import note
from app.application.audit_rules import Action
from app.base.database import updated_one_row
from app.base.errors import Refused
from app.identity.actor_rules import Actor
from app.identity.browser_rules import browser_family
from app.pairing.actions import event, is_active
from app.pairing.ending_rules import MOVED, ended_refusal
from app.pairing.model import Link, Pairing, PairingEvent, PhoneSession
from app.pairing.rules import EventCode

# What a browser has done once something of the person came from it: then it keeps the pairing.
SENT = (
    EventCode.SENDING,
    EventCode.IN_PIECES,
    EventCode.RECEIVED,
    EventCode.PICTURE_REFUSED,
    EventCode.DOCUMENT_RECEIVED,
)


def close_keys(session: Session, pairing: Pairing, now: datetime) -> None:
    """The pairing moves on: the cookies that held it open nothing any more."""
    held = update(PhoneSession).where(PhoneSession.pairing_id == pairing.id, PhoneSession.moved_at.is_(None))
    session.execute(held.values(moved_at=now))


def moved_on(session: Session, key: PhoneSession) -> Refused:
    """What a browser is told that has handed its pairing on; `back`: it may take it back."""
    refusal = ended_refusal(MOVED, key.pairing.subject)
    refusal.facts["back"] = _holder_after(session, key) is not None
    return refusal


def take_back(session: Session, key: PhoneSession, now: datetime, user_agent: str) -> Pairing:
    """The pairing returns to the browser that handed it on; its cookie opens it again. Refused 410 when it may not."""
    holder = _holder_after(session, key)
    if holder is None:
        raise moved_on(session, key)
    held = update(PhoneSession).where(PhoneSession.secret_hash == holder.secret_hash, PhoneSession.moved_at.is_(None))
    if not updated_one_row(session, held.values(moved_at=now)):
        raise moved_on(session, key)
    close_keys(session, key.pairing, now)
    key.moved_at = None
    key.pairing.online = True
    is_active(session, key.pairing, now)
    event(session, key.pairing, EventCode.MOVED_BACK, now, browser_family(user_agent))
    note(session, key.pairing.application_id, Actor.phone(), Action.PAIRING_CLAIMED, now, "back")
    return key.pairing


def _holder_after(session: Session, key: PhoneSession) -> PhoneSession | None:
    """The browser that holds the pairing by a link that this one made, as long as it has sent nothing."""
    live = select(PhoneSession).where(PhoneSession.pairing_id == key.pairing_id, PhoneSession.moved_at.is_(None))
    ours = live.join(Link, Link.token_hash == PhoneSession.came_by).where(Link.made_by == key.secret_hash)
    holder = session.scalars(ours.order_by(PhoneSession.made_at).limit(1)).first()
    if holder is None:
        return None
    of_it = select(PairingEvent.id).where(PairingEvent.pairing_id == key.pairing_id)
    moved = (
        session.scalar(of_it.where(PairingEvent.code == EventCode.MOVED).order_by(PairingEvent.id.desc()).limit(1)) or 0
    )
    sent = session.scalar(of_it.where(PairingEvent.code.in_(SENT), PairingEvent.id > moved).limit(1))
    return None if sent else holder
