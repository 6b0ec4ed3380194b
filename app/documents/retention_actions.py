"""How long pictures of documents are kept: drafts some days, what was decided some months after the decision."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from app.application.actions import note
from app.application.audit_rules import Action
from app.application.model import Application
from app.application.queries import DECIDED
from app.application.status_rules import STATUSES
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.documents.actions import forget
from app.documents.model import Document
from app.documents.rules import RETENTION
from app.identity.actor_rules import Actor

# Where no office has, or is about to have, the documents before it: their review is over, or has sent the candidate
# back to the camera. Everywhere else what was handed over is kept, however long the offices take.
REVIEWED = tuple(status for status, row in STATUSES.items() if row.documents_are_over)
WITH_THE_CANDIDATE = (*REVIEWED, Status.DOCUMENTS)


def due(session: Session, drafts_before: datetime, decided_before: datetime) -> list[int]:
    """The applications with pictures that `purge` would delete."""
    return list(session.scalars(_old(drafts_before, decided_before).with_only_columns(Application.id).distinct()))


def purge(
    session: Session,
    drafts_before: datetime,
    decided_before: datetime,
    now: datetime,
    application_id: int | None = None,
) -> int:
    """Pictures that were never handed over, or whose review ended before then, are deleted; how many.

    Of one application, or of all. A deleted picture counts no more: should it be needed again, it is asked for again.
    """
    old = _old(drafts_before, decided_before)
    if application_id is not None:
        old = old.where(Application.id == application_id)
    documents = session.scalars(old).all()
    for document in documents:
        if document.ended_at is None:
            document.ended_at, document.end_reason = now, RETENTION
        forget(session, document)
        note(session, document.application_id, Actor.server(), Action.DOCUMENT_PURGED, now, document.slot)
    return len(documents)


def _old(drafts_before: datetime, decided_before: datetime) -> Select[Document]:
    """A review has ended for a picture that was rejected or replaced, and when the application has moved on."""
    kept = select(Document).where(or_(Document.original.is_not(None), Document.preview.is_not(None)))
    draft = Document.handed_over_at.is_(None) & Application.status.in_(WITH_THE_CANDIDATE)
    moved_on = Document.handed_over_at.is_not(None) & Application.status.in_(REVIEWED)
    over = or_(
        draft & (Document.received_at < drafts_before),
        Document.ended_at < decided_before,
        moved_on & (_decided_at() < decided_before),
    )
    return kept.join(Application, Application.id == Document.application_id).where(over)


def _decided_at() -> ColumnElement[datetime]:
    """When an office decided last; else since when the application stands where it does."""
    last = select(func.max(AuditRow.at)).where(AuditRow.application_id == Application.id, AuditRow.action.in_(DECIDED))
    return func.coalesce(last.scalar_subquery(), Application.status_since)
