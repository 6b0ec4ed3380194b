"""The clock: the only module that reads the time of day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Tells the time, in UTC and aware of it."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 — the one door


def in_shanghai(moment: datetime) -> datetime:
    """The same moment in the time zone of Guangdong."""
    return moment.astimezone(SHANGHAI)


def midnight(moment: datetime) -> datetime:
    """The beginning of that day in Guangdong."""
    return in_shanghai(moment).replace(hour=0, minute=0, second=0, microsecond=0)
