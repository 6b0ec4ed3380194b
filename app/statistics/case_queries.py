"""How many applications stand where, of all days together and of each: from the rows as they are now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.application.model import Application
from app.application.status_row_rules import Group
from app.application.status_rules import STATUSES, WITH_THE_CANDIDATE
from app.application.workflow import Status
from app.review.model import Decision
from app.statistics.period_rules import Period
from app.statistics.queries import day_of_hour, hour_of, of_office, offices, within

Standing = Counter[Group]
Rows = Select[int | None, Status, int]
Later = aliased(Decision)
HOUR = hour_of(Application.applied_at)


def standing(session: Session, period: Period, office_id: int | None) -> dict[int, Standing]:
    """Of the applications of these days by office (0: none): how many stand where now."""
    found: defaultdict[int, Standing] = defaultdict(Counter)
    for rows in _standing(session, period, office_id):
        for office, status, many in session.execute(rows):
            found[office or 0][STATUSES[Status(status)].group] += many
    for office, status, many in session.execute(_sent_back(period, office_id)):
        _move(found[office or 0], Status(status), many)
    return dict(found)


def standing_by_day(session: Session, period: Period, office_id: int | None) -> dict[tuple[date, int], Standing]:
    """The same for the applications of each day: by day and office, where there are any."""
    found: defaultdict[tuple[date, int], Standing] = defaultdict(Counter)
    for rows in _standing(session, period, office_id):
        for office, status, many, hour in session.execute(rows.add_columns(HOUR).group_by(HOUR)):
            found[day_of_hour(hour), office or 0][STATUSES[Status(status)].group] += many
    back = _sent_back(period, office_id).add_columns(HOUR).group_by(HOUR)
    for office, status, many, hour in session.execute(back):
        _move(found[day_of_hour(hour), office or 0], Status(status), many)
    return dict(found)


def _move(counts: Standing, status: Status, many: int) -> None:
    """So many that were counted as in this status had been sent back to it."""
    counts[STATUSES[status].group] -= many
    counts[Group.SENT_BACK] += many


def _standing(session: Session, period: Period, office_id: int | None) -> Iterator[Rows]:
    """Office and status are named, so that only their ends of the index are read."""
    columns = (Application.office_id, Application.status)
    rows = select(*columns, func.count().label("many")).group_by(*columns)
    rows = rows.where(within(Application.applied_at, period), Application.status.in_(Status))
    yield rows.where(Application.office_id.in_([each.id for each in offices(session, office_id)]))
    if office_id is None:
        yield rows.where(Application.office_id.is_(None))


def _sent_back(period: Period, office_id: int | None) -> Rows:
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
    return rows.where(*of_office(office_id)).group_by(Application.office_id, Application.status)
