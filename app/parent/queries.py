"""Finding launches and requests."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.base.tokens import digest
from app.identity.model import Candidate
from app.parent.model import Launched, ParentRequest
from app.parent.rules import TO_CONFIRM


def candidate_numbered(session: Session, exam_number: str) -> Candidate | None:
    """The candidate with this 准考证号."""
    return session.scalar(select(Candidate).where(Candidate.exam_number == exam_number))


def launch_of(session: Session, ticket: str, now: datetime) -> Launched | None:
    """The launch that waits to be confirmed in this browser."""
    mine = (Launched.ticket_hash == digest(ticket), Launched.entered_at.is_(None))
    return session.scalar(select(Launched).where(*mine, Launched.arrived_at > now - TO_CONFIRM))


def request_named(session: Session, key_id: str, request_id: str) -> ParentRequest | None:
    """The request that came under this id."""
    mine = (ParentRequest.key_id == key_id, ParentRequest.request_id == request_id)
    return session.scalar(select(ParentRequest).where(*mine))
