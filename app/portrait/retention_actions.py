"""How long portraits are kept: what was never handed in some days, what was rejected some months."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, select, true
from sqlalchemy.orm import Session

from app.application.actions import note, take_step
from app.application.audit_rules import Action
from app.application.model import Application
from app.application.workflow import RETENTION as EXPIRY
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.identity.actor_rules import Actor
from app.identity.model import Candidate
from app.identity.rules import RESIDENT_ID
from app.pairing.actions import end
from app.pairing.queries import live_pairing
from app.pairing.rules import End
from app.portrait.actions import end_capture, end_draft
from app.portrait.model import Capture

RETENTION = "retention"
HANDED_IN = (Action.SUBMIT_DOCUMENTS, Action.HAND_OVER_ALL)


def due(session: Session, drafts_before: datetime, decided_before: datetime) -> list[int]:
    """The applications with portraits that one of the three below would delete."""
    found: set[int] = set()
    for old in (_drafts(drafts_before), _saved(drafts_before), _rejected(decided_before)):
        found.update(session.scalars(old.with_only_columns(Capture.application_id)))
    return sorted(found)


def purge(session: Session, before: datetime, now: datetime, application_id: int | None = None) -> int:
    """Drafts that were received before then and never handed over are given up; how many. Of one application, or of
    all."""
    drafts = session.scalars(_drafts(before).where(_of(application_id))).all()
    for draft in drafts:
        end_draft(session, draft.application_id, RETENTION, now)
        note(session, draft.application_id, Actor.server(), Action.CAPTURE_PURGED, now)
    return len(drafts)


def purge_saved(session: Session, before: datetime, now: datetime, application_id: int | None = None) -> int:
    """Portraits that were received before then and only saved, beside documents that were never handed in, are given up
    as drafts are, and their candidates asked for another; how many. Of one application, or of all."""
    saved = session.scalars(_saved(before).where(_of(application_id))).all()
    for capture in saved:
        end_capture(session, capture, RETENTION, now)
        application = session.get_one(Application, capture.application_id)
        if pairing := live_pairing(session, application.id):
            end(session, pairing, End.EXPIRED, Actor.server(), now)
        [step] = EXPIRY
        take_step(session, application, step.action, step.role, now, Actor.server())
    return len(saved)


def purge_rejected(session: Session, before: datetime, now: datetime, application_id: int | None = None) -> int:
    """Pictures that an office rejected before then are deleted, their reports stay; how many. Of one application, or of
    all."""
    old = session.scalars(_rejected(before).where(_of(application_id))).all()
    for capture in old:
        end_capture(session, capture, "rejected", capture.ended_at or now)
        note(session, capture.application_id, Actor.server(), Action.CAPTURE_PURGED, now)
    return len(old)


def _drafts(before: datetime) -> Select[Capture]:
    live = (Capture.ended_at.is_(None), Capture.handed_over_at.is_(None))
    return select(Capture).where(*live, Capture.received_at < before)


def _saved(before: datetime) -> Select[Capture]:
    """Handed over towards the documents, and no office has been given it since."""
    live = (Capture.ended_at.is_(None), Capture.handed_over_at.is_not(None), Capture.received_at < before)
    given = exists().where(
        AuditRow.application_id == Capture.application_id,
        AuditRow.action.in_(HANDED_IN),
        AuditRow.at >= Capture.handed_over_at,
    )
    rows = select(Capture).join(Application, Application.id == Capture.application_id)
    rows = rows.join(Candidate, Candidate.id == Application.candidate_id)
    return rows.where(*live, Application.status == Status.DOCUMENTS, Candidate.id_type != RESIDENT_ID, ~given)


def _rejected(before: datetime) -> Select[Capture]:
    kept = Capture.original.is_not(None)
    return select(Capture).where(Capture.end_reason == "rejected", Capture.ended_at < before, kept)


def _of(application_id: int | None) -> ColumnElement[bool]:
    return true() if application_id is None else Capture.application_id == application_id
