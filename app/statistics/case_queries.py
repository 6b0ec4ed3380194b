"""How many applications stand where, and what happened on which day: from the rows as they are now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Row, Select, distinct, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.application.model import Application, Receipt
from app.application.workflow import Status
from app.review.model import Decision
from app.statistics.group_rules import BACK, Group, group_of
from app.statistics.period_rules import Period
from app.statistics.queries import day_of_hour, hour_of, within

OfOffice = Counter[Group]
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
    column = func.coalesce(Application.office_id, 0).label("office_id")
    rows = select(column, Application.status, func.count().label("many")).where(within(Application.applied_at, period))
    found: defaultdict[int, OfOffice] = defaultdict(Counter)
    for row in session.execute(rows.where(*_of(office_id)).group_by(column, Application.status)):
        found[row.office_id][group_of(Status(row.status))] += row.many
    for office, status, many in session.execute(_sent_back(period, office_id)):
        found[office or 0][group_of(Status(status))] -= many
        found[office or 0][Group.SENT_BACK] += many
    return dict(found)


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
    rows = rows.where(within(Application.applied_at, period), Application.status.in_(BACK), rejected)
    return rows.where(*_of(office_id)).group_by(Application.office_id, Application.status)


def by_day(session: Session, period: Period, office_id: int | None) -> Days:
    """What happened on each day; only days on which something did."""
    found: defaultdict[date, Counter[Event]] = defaultdict(Counter)
    for event, rows in _by_hour(session, period, office_id):
        for row in rows:
            found[day_of_hour(row.hour)][event] += row.many
    return Days(dict(found))


def _by_hour(
    session: Session, period: Period, office_id: int | None
) -> Iterable[tuple[Event, Sequence[Row[str, int]]]]:
    applied = _hours(hour_of(Application.applied_at)).where(within(Application.applied_at, period))
    yield Event.APPLIED, session.execute(applied.where(*_of(office_id))).all()
    for kind in HANDED:
        handed = _hours(hour_of(Receipt.handed_over_at)).where(
            within(Receipt.handed_over_at, period), Receipt.kind == kind
        )
        if office_id is not None:
            handed = handed.join(Application, Application.id == Receipt.application_id)
        yield Event(kind), session.execute(handed.where(*_of(office_id))).all()
    decided = _acts(period, office_id)
    yield Event.DECIDED, session.execute(decided).all()
    yield Event.SENT_BACK, session.execute(decided.where(Decision.approved.is_(False))).all()
    for event, status in ((Event.SUBMITTED, Status.SUBMITTED), (Event.WITHDRAWN, Status.WITHDRAWN)):
        ended = _hours(hour_of(Application.status_since)).where(within(Application.status_since, period))
        yield event, session.execute(ended.where(Application.status == status, *_of(office_id))).all()


def _acts(period: Period, office_id: int | None) -> Select[str, int]:
    hour = hour_of(Decision.decided_at).label("hour")
    acts = select(hour, func.count(distinct(Decision.act)).label("many")).group_by(hour)
    acts = acts.where(within(Decision.decided_at, period), Decision.undone_at.is_(None))
    return acts if office_id is None else acts.where(Decision.office_id == office_id)


def _hours(hour: ColumnElement[str]) -> Select[str, int]:
    return select(hour.label("hour"), func.count().label("many")).group_by(hour)


def _of(office_id: int | None) -> list[ColumnElement[bool]]:
    return [] if office_id is None else [Application.office_id == office_id]
