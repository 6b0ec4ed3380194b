"""How long it takes: from the scan to the received picture, and before the offices."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.application.model import Application
from app.identity.actor_rules import Role
from app.review.rules import statuses_of
from app.statistics.model import Tally
from app.statistics.period_rules import Period
from app.statistics.queries import offices
from app.statistics.tally_rules import DURATION, HERE, REVIEW, SCAN, Spread, spread


@dataclass(frozen=True)
class Queue:
    """What waits before an office now, and since when the oldest does."""

    waiting: int = 0
    oldest: datetime | None = None

    def beside(self, other: Queue) -> Queue:
        """Both together."""
        return Queue(self.waiting + other.waiting, min(filter(None, (self.oldest, other.oldest)), default=None))


def scans(session: Session, period: Period, office_id: int | None) -> dict[str, Spread]:
    """From a phone's scan, or from 用本机拍照 (HERE), to the first picture that was taken in."""
    sums = _durations(session, period, office_id, (SCAN, HERE))
    return {what: spread(*_all_of(sums, what)) for what in (SCAN, HERE)}


def reviews(session: Session, period: Period, office_id: int | None) -> dict[int, Spread]:
    """By office: how long what it decided in these days had waited for it, in tenths of an hour."""
    sums = _durations(session, period, office_id, (REVIEW,))
    return {office: spread(*each) for (_what, office), each in sums.items()}


_Durations = dict[tuple[str, int], tuple[Counter[int], int]]


def _durations(session: Session, period: Period, office_id: int | None, whats: tuple[str, ...]) -> _Durations:
    """what, office → value → how often, and how many different applications."""
    columns = (Tally.what, Tally.office_id, Tally.name, Tally.value)
    rows = select(*columns, func.sum(Tally.times).label("many")).group_by(*columns)
    rows = rows.where(Tally.day.between(period.first, period.last), Tally.what.in_(whats))
    if office_id is not None:
        rows = rows.where(Tally.office_id == office_id)
    values, people = defaultdict[tuple[str, int], Counter[int]](Counter), Counter[tuple[str, int]]()
    for row in session.execute(rows):
        if row.name == DURATION:
            values[row.what, row.office_id][row.value] += row.many
        else:
            people[row.what, row.office_id] += row.many
    return {key: (found, people[key]) for key, found in values.items()}


def _all_of(sums: _Durations, what: str) -> tuple[Counter[int], int]:
    """One of the durations over all offices."""
    of_it = [each for (kind, _office), each in sums.items() if kind == what]
    return sum((values for values, _people in of_it), Counter[int]()), sum(people for _values, people in of_it)


def queues(session: Session, office_id: int | None) -> dict[int, Queue]:
    """What waits now, by the office that has to decide; what waits for the province under its own number."""
    found: dict[int, Queue] = {}
    cities = [each.id for each in offices(session, None) if each.level == Role.CITY]
    for office, many, oldest in _waiting(session, Role.CITY, cities if office_id is None else [office_id]):
        found[office or 0] = found.get(office or 0, Queue()).beside(Queue(many, oldest))
    for province in offices(session, office_id):
        if province.level == Role.PROVINCE:
            for _city, many, oldest in _waiting(session, Role.PROVINCE, [*cities, province.id]):
                found[province.id] = found.get(province.id, Queue()).beside(Queue(many, oldest))
    return found


def _waiting(session: Session, level: Role, of: list[int]) -> Sequence[Row[int | None, int, datetime]]:
    """By office and status; the offices are named, so that their ends of the queue's index are read and no more."""
    rows = select(Application.office_id, func.count(), func.min(Application.status_since))
    rows = rows.where(Application.office_id.in_(of), Application.status.in_(statuses_of(level)))
    return session.execute(rows.group_by(Application.office_id, Application.status)).all()
