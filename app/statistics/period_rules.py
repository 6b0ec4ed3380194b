"""The days that a page of statistics is about, in Asia/Shanghai, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.application.batch_rules import Window
from app.base.clock import SHANGHAI, in_shanghai
from app.base.errors import N_

BATCH, WEEK, MONTH, DAYS = "batch", "7", "30", "days"
LONGEST = 366
DAY = timedelta(days=1)
NOT_DAYS = N_("起止日期不对：请按年-月-日填写，开始不晚于结束，最多 %(most)s 天。现在显示%(usual)s。")


@dataclass(frozen=True)
class Period:
    """From the beginning of one day to the end of another."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time(), SHANGHAI)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + DAY, time(), SHANGHAI)

    @property
    def days(self) -> list[date]:
        """Its days, oldest first."""
        return [self.first + n * DAY for n in range((self.last - self.first).days + 1)]

    def end_of(self, most: int) -> Period:
        """Its last so many days; itself when it has no more."""
        return Period(max(self.first, self.last - (most - 1) * DAY), self.last)


@dataclass(frozen=True)
class Chosen:
    """The period that was asked for and by which of BATCH, WEEK, MONTH, DAYS; `month` of the batch now under way, empty
    without one; `problem` when what was asked for cannot be."""

    period: Period
    span: str
    month: str
    problem: str = ""

    @property
    def is_batch(self) -> bool:
        """Whether it is the batch that is under way."""
        return self.span == BATCH


def chosen(asked: Mapping[str, str], batches: Iterable[Window], now: datetime) -> Chosen:
    """What an address asks for; nothing asked: the batch that opened last, without one the last thirty days.

    The form sends the days that were shown along: other days than those of its span are what somebody has typed.
    """
    today, batch = in_shanghai(now).date(), _opened_last(batches, now)
    spans = {WEEK: _last(7, today), MONTH: _last(30, today)} | ({BATCH: _of_batch(batch, today)} if batch else {})
    usual, month = BATCH if batch else MONTH, batch.month if batch else ""
    span = asked.get("span", usual)
    if not asked.get("from") and not asked.get("to"):
        span = span if span in spans else usual
        return Chosen(spans[span], span, month)
    typed = _typed(asked.get("from", ""), asked.get("to", ""))
    if typed is None:
        return Chosen(spans[MONTH], MONTH, month, NOT_DAYS)
    return Chosen(typed, span if spans.get(span) == typed else DAYS, month)


def _last(days: int, today: date) -> Period:
    return Period(today - (days - 1) * DAY, today)


def _of_batch(batch: Window, today: date) -> Period:
    """From the day it opened until today: what was applied for in it is decided after it has closed too."""
    return Period(max(in_shanghai(batch.opens_at).date(), today - (LONGEST - 1) * DAY), today)


def _opened_last(batches: Iterable[Window], now: datetime) -> Window | None:
    opened = [batch for batch in batches if batch.opens_at <= now]
    return max(opened, key=lambda batch: (batch.opens_at, batch.month), default=None)


def _typed(first: str, last: str) -> Period | None:
    try:
        period = Period(date.fromisoformat(first[:10]), date.fromisoformat(last[:10]))
    except ValueError:
        return None
    fits = period.first.year > 2000 and period.last.year < 2100 and period.first <= period.last
    return period if fits and (period.last - period.first).days < LONGEST else None
