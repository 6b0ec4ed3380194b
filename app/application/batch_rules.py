"""毕业年月: when one may apply for which month. `Window` is what a batch is here; closing is exclusive."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol


class Window(Protocol):
    """A month such as 202612, the time in which one may apply for it, and the universities it is for (none: all)."""

    month: str
    opens_at: datetime
    closes_at: datetime
    universities: list[str]


def is_for(batch: Window, university: str) -> bool:
    """Whether those who study a programme of this university may apply for it."""
    return not batch.universities or university in batch.universities


def is_open(batch: Window, now: datetime) -> bool:
    """Whether one may apply for it now."""
    return batch.opens_at <= now < batch.closes_at


def open_months(batches: Iterable[Window], now: datetime) -> list[str]:
    """What one may apply for now, newest first."""
    return sorted((batch.month for batch in batches if is_open(batch, now)), reverse=True)


def next_to_open(batches: Iterable[Window], now: datetime) -> datetime | None:
    """When the next one opens; None when none is planned."""
    return min((batch.opens_at for batch in batches if batch.opens_at > now), default=None)
