"""Finding long work."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
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


def running(session: Session) -> Sequence[Job]:
    """What some process says it is doing."""
    return session.scalars(select(Job).where(Job.state == JobState.RUNNING)).all()


def next_waiting(session: Session) -> Sequence[Job]:
    """What may be begun, oldest first: nothing of its `exclusive` is running."""
    taken = select(Job.exclusive).where(Job.state == JobState.RUNNING)
    waiting = (Job.state == JobState.WAITING, Job.exclusive.not_in(taken))
    return session.scalars(select(Job).where(*waiting).order_by(Job.id).limit(1)).all()
