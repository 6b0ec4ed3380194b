"""What the operator's front page says about the people who may log in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.base.errors import N_
from app.http.console import Need, NeedReading, NeedState
from app.identity.model import Candidate


def candidates(session: Session, now: datetime) -> NeedReading:  # noqa: ARG001 — as all that look
    """Without one nobody can log in."""
    count = session.scalar(select(func.count()).select_from(Candidate)) or 0
    if not count:
        return NeedReading(NeedState.MISSING, N_("还没有考生：没有人能登录。请从文件导入。"), 0)
    return NeedReading(NeedState.READY, N_("他们可以用准考证号登录。"), count)


CANDIDATES = N_("考生")
NEEDS = (Need(CANDIDATES, 40, candidates, "/operate/imports"),)
