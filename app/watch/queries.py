"""What an operator asks about the service."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.application.model import Application
from app.base.audit import AuditRow
from app.identity.actor_rules import Role
from app.identity.model import Office
from app.jobs.model import Job
from app.jobs.rules import JobState
from app.review.rules import statuses_of
from app.watch.model import Backup


def last_backup(session: Session) -> Backup | None:
    """The newest backup that is whole; None when there was none."""
    return session.scalar(select(Backup).order_by(Backup.id.desc()).limit(1))


def newest_record(session: Session) -> datetime | None:
    """When something was recorded last."""
    return session.scalar(select(AuditRow.at).order_by(AuditRow.id.desc()).limit(1))


def oldest_cases(session: Session) -> dict[str, datetime]:
    """Code of an office → since when its oldest case has waited; offices without one are left out.

    A province decides after its cities, about cases of all of them.
    """
    oldest: dict[str, datetime] = {}
    offices = session.scalars(select(Office)).all()
    codes: dict[int | None, str] = {office.id: office.code for office in offices if office.level == Role.CITY}
    own = select(Application.office_id, func.min(Application.status_since)).group_by(Application.office_id)
    where = (Application.office_id.in_(codes), Application.status.in_(statuses_of(Role.CITY)))
    for office_id, since in session.execute(own.where(*where)):
        oldest[codes[office_id]] = since
    waits = select(func.min(Application.status_since)).where(Application.status.in_(statuses_of(Role.PROVINCE)))
    first = session.scalar(waits)
    if first:
        oldest |= {office.code: first for office in offices if office.level == Role.PROVINCE}
    return oldest


def jobs_by_state(session: Session) -> dict[JobState, int]:
    """How much long work is in each state."""
    found = {state: count for state, count in session.execute(select(Job.state, func.count()).group_by(Job.state))}
    return {state: found.get(state, 0) for state in JobState}
