"""How many applications stand where, and what happened on which day: from the rows as they are now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, Subquery, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.application.model import Application, Receipt
from app.application.status_row_rules import Group
from app.application.status_rules import STATUSES, WITH_THE_CANDIDATE
from app.application.workflow import Status
from app.review.model import Decision
from app.statistics.period_rules import Period
from app.statistics.queries import day_of_hour, hour_of, offices, within

OfOffice = Counter[Group]
Hour = tuple[str, int]  # and how often
Later = aliased(Decision)
HANDED = ("portrait", "documents")


class Event(StrEnum):
    """What is counted by day."""

    APPLIED = "applied"
    PORTRAIT = "portrait"
    DOCUMENTS = "documents"
    DECIDED = "decided"
    SENT_BACK = "sent_back"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Days:
    """How often each Event happened on a day."""

    counts: dict[date, Counter[Event]]

    def series(self, period: Period, event: Event) -> list[int]:
        """One number a day."""
        return [self.counts[day][event] if day in self.counts else 0 for day in period.days]


def standing(session: Session, period: Period, office_id: int | None) -> dict[int, OfOffice]:
    """Of the applications of these days by office (0: none): how many stand where now."""
    found: defaultdict[int, OfOffice] = defaultdict(Counter)
    every = [each.id for each in offices(session, office_id)]
    for where in (Application.office_id.in_(every), *([Application.office_id.is_(None)] if office_id is None else [])):
        for office, status, many in session.execute(_standing(period).where(where)):
            found[office or 0][STATUSES[Status(status)].group] += many
    for office, status, many in session.execute(_sent_back(period, office_id)):
        found[office or 0][STATUSES[Status(status)].group] -= many
        found[office or 0][Group.SENT_BACK] += many
    return dict(found)


def _standing(period: Period) -> Select[int | None, Status, int]:
    """Office and status are named, so that only their ends of the index are read."""
    columns = (Application.office_id, Application.status)
    rows = select(*columns, func.count()).group_by(*columns)
    return rows.where(within(Application.applied_at, period), Application.status.in_(Status))


def _sent_back(period: Period, office_id: int | None) -> Select[int | None, Status, int]:
    """Those that wait for their candidate, and of which the last act that counts rejected something."""
    counts = (Later.undone_at.is_(None), Later.application_id == Decision.application_id, Later.id > Decision.id)
    rejected = exists().where(
        Decision.application_id == Application.id,
        Decision.approved.is_(False),
        Decision.undone_at.is_(None),
        ~exists().where(*counts, Later.act != Decision.act),
    )
    rows = select(Application.office_id, Application.status, func.count().label("many"))
    rows = rows.where(within(Application.applied_at, period), Application.status.in_(WITH_THE_CANDIDATE), rejected)
    return rows.where(*_of(office_id)).group_by(Application.office_id, Application.status)


def by_day(session: Session, period: Period, office_id: int | None) -> Days:
    """What happened on each day; only days on which something did."""
    found: defaultdict[date, Counter[Event]] = defaultdict(Counter)
    for event, rows in _by_hour(session, period, office_id):
        for hour, many in rows:
            if many:
                found[day_of_hour(hour)][event] += many
    return Days(dict(found))


def _by_hour(session: Session, period: Period, office_id: int | None) -> Iterable[tuple[Event, list[Hour]]]:
    applied = _hours(hour_of(Application.applied_at)).where(within(Application.applied_at, period))
    yield Event.APPLIED, _counts(session, applied.where(*_of(office_id)))
    yield from _handed_over(session, period, office_id)
    acts = _acts(period, office_id)
    hours = _hours(hour_of(acts.c.decided_at))
    sent_back = hours.add_columns(func.sum(case((acts.c.rejected > 0, 1), else_=0)))
    rows = session.execute(sent_back).all()
    yield Event.DECIDED, [(hour, many) for hour, many, _back in rows]
    yield Event.SENT_BACK, [(hour, back) for hour, _many, back in rows]
    ended = _hours(hour_of(Application.status_since)).where(within(Application.status_since, period), *_of(office_id))
    yield Event.SUBMITTED, _counts(session, ended.where(Application.status == Status.SUBMITTED))
    yield Event.WITHDRAWN, _counts(session, ended.where(Application.status == Status.WITHDRAWN))


def _handed_over(session: Session, period: Period, office_id: int | None) -> Iterable[tuple[Event, list[Hour]]]:
    handed = _hours(hour_of(Receipt.handed_over_at)).add_columns(Receipt.kind).group_by(Receipt.kind)
    handed = handed.where(within(Receipt.handed_over_at, period), Receipt.kind.in_(HANDED))
    if office_id is not None:
        handed = handed.join(Application, Application.id == Receipt.application_id).where(*_of(office_id))
    rows = session.execute(handed).all()
    for kind in HANDED:
        yield Event(kind), [(hour, many) for hour, many, each in rows if each == kind]


def _acts(period: Period, office_id: int | None) -> Subquery:
    """One row an act, in the order of the index; how many of its pictures were rejected."""
    rejected = func.sum(case((Decision.approved.is_(False), 1), else_=0)).label("rejected")
    acts = select(Decision.decided_at, rejected).group_by(Decision.decided_at, Decision.act)
    acts = acts.where(within(Decision.decided_at, period), Decision.undone_at.is_(None))
    return (acts if office_id is None else acts.where(Decision.office_id == office_id)).subquery()


def _hours(hour: ColumnElement[str]) -> Select[str, int]:
    return select(hour.label("hour"), func.count().label("many")).group_by(hour)


def _counts(session: Session, rows: Select[str, int]) -> list[Hour]:
    return [(hour, many) for hour, many in session.execute(rows)]


def _of(office_id: int | None) -> list[ColumnElement[bool]]:
    return [] if office_id is None else [Application.office_id == office_id]
