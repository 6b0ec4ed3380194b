"""How long it takes: from the scan to the received picture, and before the offices."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.application.model import Application
from app.identity.actor_rules import Role
from app.identity.model import Office
from app.review.rules import statuses_of
from app.statistics.model import Tally
from app.statistics.period_rules import Period
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
    """What waits now, by the office that has to decide; the provincial one's under its own number."""
    city = _waiting(Application.status.in_(statuses_of(Role.CITY)))
    if office_id is not None:
        city = city.where(Application.office_id == office_id)
    found = {row.office_id or 0: Queue(row.many, row.oldest) for row in session.execute(city)}
    for province in session.scalars(select(Office).where(Office.level == Role.PROVINCE)):
        if office_id in (None, province.id):
            rows = session.execute(_waiting(Application.status.in_(statuses_of(Role.PROVINCE))))
            for row in rows:
                found[province.id] = found.get(province.id, Queue()).beside(Queue(row.many, row.oldest))
    return found


def _waiting(reviewed: ColumnElement[bool]) -> Select[int | None, int, datetime]:
    rows = select(Application.office_id, func.count().label("many"), func.min(Application.status_since).label("oldest"))
    return rows.where(reviewed).group_by(Application.office_id)
