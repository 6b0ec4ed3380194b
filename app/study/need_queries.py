"""What the operator's front page says about programmes and results."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.base.errors import N_
from app.http.console import MOST, Need, NeedReading, NeedState, at_most
from app.study.forecast_rules import NO_PROGRAMME
from app.study.model import Programme, Score


def programmes(session: Session, now: datetime) -> NeedReading:  # noqa: ARG001 — as all that look
    """Without one no forecast passes."""
    count = session.scalar(select(func.count()).select_from(Programme)) or 0
    if not count:
        return NeedReading(NeedState.MISSING, N_("还没有专业计划：毕业预测不能通过。请从文件导入。"), 0)
    return NeedReading(NeedState.READY, N_("毕业预测按这些专业计划进行。"), count)


def results(session: Session, now: datetime) -> NeedReading:  # noqa: ARG001 — as all that look
    """Without any no forecast passes."""
    count = at_most(session, Score.id)
    if not count:
        return NeedReading(NeedState.MISSING, N_("还没有成绩：毕业预测不能通过。请从文件导入。"), 0)
    return NeedReading(NeedState.READY, N_("毕业预测按这些成绩进行。"), count, or_more=count == MOST)


NEEDS = (
    Need(NO_PROGRAMME.title, 20, programmes, "/operate/imports"),
    Need(N_("考试成绩"), 50, results, "/operate/imports"),
)
