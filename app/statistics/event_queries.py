"""What happened on which day, for all offices together or for each: from the rows as they are now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import ColumnElement, Integer, Select, Subquery, case, exists, func, literal_column, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.application.audit_rules import Action
from app.application.model import Application, Receipt
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.review.model import Decision
from app.review.rules import level_of
from app.statistics.model import REFUSED_ABOVE
from app.statistics.period_rules import Period
from app.statistics.queries import day_of_hour, hour_of, of_office, within

HANDED = ("portrait", "documents")
ALL = literal_column("0", Integer)  # in the place of an office
Hour = tuple[int | None, str, int]  # office, hour of UTC, how often
Of = TypeVar("Of")
Column = ColumnElement[Of] | InstrumentedAttribute[Of]


class Event(StrEnum):
    """What is counted by day."""

    APPLIED = "applied"
    PORTRAIT = "portrait"
    DOCUMENTS = "documents"
    DECIDED = "decided"
    SENT_BACK = "sent_back"
    RETURNED = "returned"  # by a system above: a list of refusals says so
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Days:
    """How often each Event happened on a day."""

    counts: dict[date, Counter[Event]]

    def series(self, period: Period, event: Event) -> list[int]:
        """One number a day."""
        return [self.counts[day][event] if day in self.counts else 0 for day in period.days]


@dataclass(frozen=True)
class _Asked:
    """The days and the one office that are asked for (None: all), and whether each office is counted apart."""

    period: Period
    office_id: int | None
    apart: bool = False

    def hours(self, moment: Column[datetime], office: Column[int | None]) -> Select[int | None, str, int]:
        """How often in each hour; which office's is read only where that is asked."""
        hour = hour_of(moment).label("hour")
        rows = select((office if self.apart else ALL).label("office"), hour, func.count().label("many"))
        return rows.group_by(hour, *([office] if self.apart else []))


def by_day(session: Session, period: Period, office_id: int | None) -> Days:
    """What happened on each day; only days on which something did."""
    return _counted(session, _Asked(period, office_id)).get(0, Days({}))


def by_office_and_day(session: Session, period: Period, office_id: int | None) -> dict[int, Days]:
    """The same for each office (0: none) at which something happened. What is reviewed counts where it was, the rest at
    the office that the application has now."""
    return _counted(session, _Asked(period, office_id, apart=True))


def _counted(session: Session, asked: _Asked) -> dict[int, Days]:
    found: defaultdict[int, Days] = defaultdict(lambda: Days(defaultdict(Counter)))
    for event, rows in _by_hour(session, asked):
        for office, hour, many in rows:
            if many:
                found[office or 0].counts[day_of_hour(hour)][event] += many
    return dict(found)


def _by_hour(session: Session, asked: _Asked) -> Iterable[tuple[Event, list[Hour]]]:
    applied = _of_applications(asked, Application.applied_at)
    yield Event.APPLIED, _counts(session, applied)
    yield from _handed_over(session, asked)
    yield from _acts(session, asked)
    yield from _returned(session, asked)
    ended = _of_applications(asked, Application.status_since)
    yield Event.SUBMITTED, _counts(session, ended.where(Application.status == Status.SUBMITTED))
    yield Event.WITHDRAWN, _counts(session, ended.where(Application.status == Status.WITHDRAWN))


def _of_applications(asked: _Asked, moment: InstrumentedAttribute[datetime]) -> Select[int | None, str, int]:
    rows = asked.hours(moment, Application.office_id)
    return rows.where(within(moment, asked.period), *of_office(asked.office_id))


def _handed_over(session: Session, asked: _Asked) -> Iterable[tuple[Event, list[Hour]]]:
    handed = asked.hours(Receipt.handed_over_at, Application.office_id).add_columns(Receipt.kind).group_by(Receipt.kind)
    handed = handed.where(within(Receipt.handed_over_at, asked.period), Receipt.kind.in_(HANDED))
    if asked.apart or asked.office_id is not None:
        handed = handed.join(Application, Application.id == Receipt.application_id).where(*of_office(asked.office_id))
    rows = session.execute(handed).all()
    for kind in HANDED:
        yield Event(kind), [(office, hour, many) for office, hour, many, each in rows if each == kind]


def _acts(session: Session, asked: _Asked) -> Iterable[tuple[Event, list[Hour]]]:
    acts = _rows_of_acts(asked)
    sent_back = func.sum(case((acts.c.rejected > 0, 1), else_=0))
    rows = session.execute(asked.hours(acts.c.decided_at, acts.c.office_id).add_columns(sent_back)).all()
    yield Event.DECIDED, [(office, hour, many) for office, hour, many, _back in rows]
    yield Event.SENT_BACK, [(office, hour, back) for office, hour, _many, back in rows]


def _rows_of_acts(asked: _Asked) -> Subquery:
    """One row an act, in the order of the index; how many of its pictures were rejected."""
    acts = select(
        Decision.decided_at,
        func.min(Decision.office_id).label("office_id"),
        func.sum(case((Decision.approved.is_(False), 1), else_=0)).label("rejected"),
    ).group_by(Decision.decided_at, Decision.act)
    acts = acts.where(within(Decision.decided_at, asked.period), Decision.undone_at.is_(None))
    acts = acts.where(Decision.status.in_([status for status in Status if level_of(status)]))
    return (acts if asked.office_id is None else acts.where(Decision.office_id == asked.office_id)).subquery()


def _returned(session: Session, asked: _Asked) -> Iterable[tuple[Event, list[Hour]]]:
    """What a system above refused; and what had been submitted before, of which no application's status tells now."""
    refused = text(f"{Decision.__tablename__}.{REFUSED_ABOVE}")
    returned = asked.hours(Decision.decided_at, Application.office_id).where(refused, *of_office(asked.office_id))
    returned = returned.join(Application, Application.id == Decision.application_id)
    yield Event.RETURNED, _counts(session, returned.where(within(Decision.decided_at, asked.period)))
    had = asked.hours(AuditRow.at, Application.office_id).where(AuditRow.action == Action.SUBMIT)
    had = had.join(Application, Application.id == AuditRow.application_id).where(*of_office(asked.office_id))
    had = had.where(
        within(AuditRow.at, asked.period), Application.id.in_(select(Decision.application_id).where(refused))
    )
    since = (Decision.application_id == AuditRow.application_id, Decision.decided_at > AuditRow.at)
    yield (
        Event.SUBMITTED,
        _counts(session, had.where(within(AuditRow.at, asked.period), exists().where(refused, *since))),
    )


def _counts(session: Session, rows: Select[int | None, str, int]) -> list[Hour]:
    return [(office, hour, many) for office, hour, many in session.execute(rows)]
