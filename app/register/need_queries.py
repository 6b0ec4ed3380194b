"""What the operator's front page says about the population register."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.base.errors import N_
from app.http.console import Need, NeedReading, NeedState
from app.register.model import RegisterEntry


def register(session: Session, now: datetime) -> NeedReading:  # noqa: ARG001 — as all that look
    """Without it everybody with an ID card has to send pictures of it."""
    count = session.scalar(select(func.count()).select_from(RegisterEntry)) or 0
    if not count:
        words = N_("还没有人口库数据：每位考生都比对不一致，都要上传证件附件。请从文件导入。")
        return NeedReading(NeedState.MISSING, words, 0)
    return NeedReading(NeedState.READY, N_("考生申请时与这些数据比对。"), count)


NEEDS = (Need(N_("公安人口库"), 60, register, "/operate/imports"),)
