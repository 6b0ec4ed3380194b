"""The demo's calendar: June's batch is open from December to May, December's from June to November."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from app.application.model import Batch
from app.base.clock import SHANGHAI, in_shanghai


def add_batches(db: Session, now: datetime) -> None:
    """Add what is missing of this year's and the next; one of them is open today, whatever the date is."""
    for batch in _calendar(in_shanghai(now).year):
        if db.get(Batch, batch.month) is None:
            db.add(batch)
    db.flush()


def _calendar(year: int) -> Iterator[Batch]:
    for each in (year, year + 1):
        yield Batch(month=f"{each}06", opens_at=_first(each - 1, 12), closes_at=_first(each, 6))
        yield Batch(month=f"{each}12", opens_at=_first(each, 6), closes_at=_first(each, 12))


def _first(year: int, month: int) -> datetime:
    return datetime(year, month, 1, tzinfo=SHANGHAI)
