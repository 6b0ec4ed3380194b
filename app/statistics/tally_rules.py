"""What is summed by day and office, and what a sum of durations says, without a database."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.base.clock import in_shanghai
from app.imaging.report import Finding, Verdict

# `what` of a sum: pictures by the verdict in `name`; findings of one strength by check; durations in `value`.
PICTURES = "pictures"
SCAN, HERE, REVIEW = "scan", "here", "review"
COUNTING = (Verdict.REFUSE, Verdict.UNSURE, Verdict.WARN)
# `name` of a duration, and of how many different applications have one.
DURATION, PEOPLE = "", "people"
LEAST_PEOPLE = 3
SETTLED = timedelta(minutes=2)  # what is younger may still be undone, or its number not be visible yet
EXACT = 600  # seconds; longer ones are kept by the minute
TENTH = 360  # seconds of a tenth of an hour
FINE = 100  # tenths; longer ones are kept by the hour


@dataclass(frozen=True)
class TallyKey:
    """What one sum is about."""

    day: date
    office_id: int
    what: str
    name: str = ""
    value: int = 0


Sums = Counter[TallyKey]


@dataclass(frozen=True)
class Spread:
    """How long something took: the value that half and nine tenths do not exceed; None for fewer than LEAST_PEOPLE
    different people, so that nobody's own time can be read."""

    cases: int
    median: int | None
    p90: int | None


def day_of(moment: datetime) -> date:
    """The day in Guangdong."""
    return in_shanghai(moment).date()


def kept_seconds(span: timedelta) -> int:
    """A scan's duration as it is kept."""
    seconds = max(0, int(span.total_seconds()))
    return seconds if seconds <= EXACT else seconds // 60 * 60


def kept_tenths(span: timedelta) -> int:
    """A review's duration as it is kept, in tenths of an hour."""
    tenths = max(0, round(span.total_seconds() / TENTH))
    return tenths if tenths <= FINE else tenths // 10 * 10


def picture_sums(day: date, office_id: int, verdict: str, findings: Iterable[Finding]) -> Sums:
    """One picture: its verdict, and each check that spoke against it or could not tell."""
    sums = Sums({TallyKey(day, office_id, PICTURES, verdict): 1})
    sums.update(
        TallyKey(day, office_id, each.verdict.value, each.check) for each in findings if each.verdict in COUNTING
    )
    return sums


def duration_sums(day: date, office_id: int, what: str, value: int, is_first: bool) -> Sums:
    """One duration; `is_first`: of its application."""
    sums = Sums({TallyKey(day, office_id, what, DURATION, value): 1})
    if is_first:
        sums[TallyKey(day, office_id, what, PEOPLE)] += 1
    return sums


def spread(values: Mapping[int, int], people: int) -> Spread:
    """What a sum of durations (value → how often) of so many people says."""
    cases = sum(values.values())
    if people < LEAST_PEOPLE:
        return Spread(cases, None, None)
    return Spread(cases, _rank(values, cases, 0.5), _rank(values, cases, 0.9))


def _rank(values: Mapping[int, int], cases: int, share: float) -> int:
    """The value that this share does not exceed (nearest rank)."""
    left = math.ceil(share * cases)
    for value in sorted(values):
        left -= values[value]
        if left <= 0:
            return value
    raise ValueError("nothing was counted")
