"""Finding long work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.jobs.model import Job
from app.jobs.rules import JobState


def job_of(session: Session, job_id: int, kind: str | None = None) -> Job | None:
    """The job with this number, of this kind."""
    job = session.get(Job, job_id)
    return job if job and kind in (None, job.kind) else None


def latest(session: Session, kinds: Sequence[str], most: int) -> Sequence[Job]:
    """The newest jobs of these kinds."""
    return session.scalars(select(Job).where(Job.kind.in_(kinds)).order_by(Job.id.desc()).limit(most)).all()


def newest(session: Session, most: int) -> Sequence[Job]:
    """Long work of all kinds, the newest first."""
    return session.scalars(select(Job).order_by(Job.id.desc()).limit(most)).all()


def failed_since(session: Session, since: datetime) -> int:
    """How many pieces of it were not done, of those that ended since then."""
    failed = select(func.count()).select_from(Job).where(Job.state == JobState.FAILED, Job.ended_at >= since)
    return session.scalar(failed) or 0


def running(session: Session) -> Sequence[Job]:
    """What some process says it is doing."""
    return session.scalars(select(Job).where(Job.state == JobState.RUNNING)).all()


def next_waiting(session: Session) -> Sequence[Job]:
    """What may be begun, oldest first: nothing of its `exclusive` is running."""
    taken = select(Job.exclusive).where(Job.state == JobState.RUNNING)
    waiting = (Job.state == JobState.WAITING, Job.exclusive.not_in(taken))
    return session.scalars(select(Job).where(*waiting).order_by(Job.id).limit(1)).all()
