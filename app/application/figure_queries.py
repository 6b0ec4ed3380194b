"""The numbers of today: what candidates handed over since midnight in Guangdong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.application.contributions import PORTRAIT
from app.application.model import Receipt
from app.base.clock import midnight
from app.base.errors import N_
from app.http.console import Figure, TodayFigures

STATISTICS = "/operate/statistics"
KINDS = {
    "application": N_("今天申请"),
    PORTRAIT: N_("今天提交照片"),
    "submission": N_("今天办完提交"),
}


def today(session: Session, now: datetime) -> Sequence[Figure]:
    """Applied, photographed, submitted."""
    counted = select(Receipt.kind, func.count()).where(Receipt.handed_over_at >= midnight(now)).group_by(Receipt.kind)
    found = {kind: count for kind, count in session.execute(counted)}
    return [Figure(title, found.get(kind, 0), STATISTICS) for kind, title in KINDS.items()]


FIGURES = (TodayFigures(10, today),)
