"""Letting a candidate in whom the parent system has sent: its nonce counts once, its ticket counts once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.base import tokens
from app.base.database import updated_one_row
from app.parent.model import Launched
from app.parent.queries import candidate_numbered, launch_of
from app.parent.rules import LAUNCHES_KEPT, Launch, Rejected, Why


def arrive(session: Session, launch: Launch, now: datetime) -> str:
    """A launch that was checked is used up; the ticket for the browser that brought it. Raises Rejected."""
    candidate = candidate_numbered(session, launch.candidate)
    if candidate is None:
        raise Rejected(Why.UNKNOWN_CANDIDATE)
    session.execute(delete(Launched).where(Launched.arrived_at < now - LAUNCHES_KEPT))
    ticket = tokens.secret()
    row = Launched(
        key_id=launch.signature.key_id,
        nonce=launch.nonce,
        ticket_hash=tokens.digest(ticket),
        candidate_id=candidate.id,
        destination=launch.destination,
        arrived_at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise Rejected(Why.REPLAYED) from None
    return ticket


def use(session: Session, ticket: str, now: datetime) -> Launched:
    """The person has answered: this launch is over, for whoever comes second too. Raises Rejected."""
    launched = launch_of(session, ticket, now)
    if launched is None:
        raise Rejected(Why.NOTHING_HERE)
    mine = update(Launched).where(Launched.id == launched.id, Launched.entered_at.is_(None))
    if not updated_one_row(session, mine.values(entered_at=now)):
        raise Rejected(Why.NOTHING_HERE)
    return launched
