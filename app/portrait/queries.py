"""Finding captures."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.application.contributions import DraftSummary
from app.application.model import Application
from app.portrait.model import BLOBS, Capture


def draft_of(session: Session, application_id: int) -> Capture | None:
    """The picture that counts now: received and not replaced; after handing over it is the one that was sent."""
    return session.scalar(select(Capture).where(Capture.application_id == application_id, Capture.ended_at.is_(None)))


def draft_summary(session: Session, application: Application) -> DraftSummary:
    """Whether a portrait waits for its candidate to hand it over, or has waited for that too long."""
    draft = draft_of(session, application.id)
    waits = draft is not None and draft.handed_over_at is None
    return DraftSummary(waits, draft is None and has_expired(session, application.id))


def has_expired(session: Session, application_id: int) -> bool:
    """Whether the newest picture that was not refused was deleted because its time was over."""
    received = select(Capture.end_reason).where(Capture.application_id == application_id)
    received = received.where(func.coalesce(Capture.end_reason, "") != "refused").order_by(Capture.id.desc())
    return session.scalar(received.limit(1)) == "retention"


def attempts_since(session: Session, application_id: int, moment: datetime) -> int:
    """How many pictures this application has sent since then, refused ones too."""
    counted = select(func.count(Capture.id)).where(Capture.application_id == application_id)
    return session.scalar(counted.where(Capture.received_at > moment)) or 0


def attempts_today(session: Session, application_id: int, now: datetime) -> int:
    """Pictures of the last 24 hours."""
    return attempts_since(session, application_id, now - timedelta(days=1))


def captures_of(session: Session, application_id: int) -> list[Capture]:
    """Every picture that was ever sent, newest first."""
    of_it = select(Capture).where(Capture.application_id == application_id)
    return list(session.scalars(of_it.order_by(Capture.id.desc())))


def refused_captures(session: Session, pairing_ids: Collection[int]) -> list[Capture]:
    """What phones sent in these pairings and the checks refused: rows with a report and no picture."""
    refused = select(Capture).where(Capture.pairing_id.in_(pairing_ids), Capture.end_reason == "refused")
    return list(session.scalars(refused))


def blobs_of(capture: Capture) -> set[str]:
    """The blobs that belong to it."""
    return {name for name in (getattr(capture, column) for column in BLOBS) if name}


def blob_names(session: Session, application_id: int | None = None) -> set[str]:
    """Every blob that a row refers to; of one application, or of all."""
    rows = select(*(getattr(Capture, column) for column in BLOBS))
    if application_id is not None:
        rows = rows.where(Capture.application_id == application_id)
    return {name for row in session.execute(rows) for name in row if name}
