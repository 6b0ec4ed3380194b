"""What the operator's front page says about long work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.base.errors import N_
from app.http.console import Figure, TodayFigures
from app.jobs.model import Job
from app.jobs.rules import JobState

UNDER_WAY = (JobState.WAITING, JobState.RUNNING)


def under_way(session: Session, now: datetime) -> Sequence[Figure]:  # noqa: ARG001 — as all that look
    """How many pieces of it wait or run."""
    count = session.scalar(select(func.count()).select_from(Job).where(Job.state.in_(UNDER_WAY))) or 0
    return [Figure(N_("正在进行的工作"), count)]


FIGURES = (TodayFigures(90, under_way),)
