"""What the operator's front page says about long work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.base.errors import N_
from app.http.console import Figure, TodayFigures
from app.jobs.model import Job
from app.jobs.queries import failed_since
from app.jobs.rules import JobState

PAGE = "/operate/jobs"
UNDER_WAY = (JobState.WAITING, JobState.RUNNING)
TOLD = timedelta(days=1)  # so long is a failure told


def of_today(session: Session, now: datetime) -> Sequence[Figure]:
    """How many pieces of it wait or run; and how many were not done, where there are any."""
    count = session.scalar(select(func.count()).select_from(Job).where(Job.state.in_(UNDER_WAY))) or 0
    failed = failed_since(session, now - TOLD)
    told = [Figure(N_("一天内没有完成的工作"), failed, PAGE)] if failed else []
    return [Figure(N_("正在进行的工作"), count, PAGE), *told]


FIGURES = (TodayFigures(90, of_today),)
