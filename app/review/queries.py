"""The offices' queues: what waits, oldest first, page by page by key; counts; finding somebody."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, false, func, or_, select, tuple_
from sqlalchemy.orm import Session

from app.application.model import Application
from app.application.workflow import Status
from app.identity.actor_rules import Role
from app.identity.model import Candidate, Office, Staff
from app.review.rules import IDLE, Key, claim_ended, key_text, statuses_of

PAGE = 30
MANY = 1000
HOLDERS = ("free", "mine", "taken")
COLUMNS = (
    Application.id,
    Application.tag,
    Application.status,
    Application.status_since,
    Application.claimed_by,
    Application.claimed_at,
    Candidate.exam_number,
    Candidate.name,
    Candidate.id_number,
    Office.name,
    Staff.name,
)

QueueSelect = Select[*tuple[Any, ...]]  # SQLAlchemy knows the types of ten columns at most
QueueColumns = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class QueueFilter:
    """What a reviewer wants to see: one status, one city's office, what waits for so many days, what is held how."""

    status: str = ""
    office: int = 0
    days: int = 0
    holder: str = ""


@dataclass(frozen=True)
class QueueRow:
    """A line of the queue. `holder` is who looks at it, empty when nobody does; `own` is the reviewer's own case."""

    id: int
    tag: str
    status: Status
    since: datetime
    exam_number: str
    name: str
    office: str
    holder: str
    mine: bool
    own: bool

    @property
    def key(self) -> str:
        """Its place in the queue."""
        return key_text(self.since, self.id)

    @property
    def may_open(self) -> bool:
        """Whether this reviewer could decide it now."""
        return not self.own and (self.mine or not self.holder)


def scope(staff: Staff) -> list[ColumnElement[bool]]:
    """What belongs to this reviewer's office: a city's own applications; for the province all; for no office none."""
    if _is_city(staff):
        return [Application.office_id == staff.office_id]
    return [] if staff.office and staff.office.level == Role.PROVINCE else [false()]


def _is_city(staff: Staff) -> bool:
    return staff.office is not None and staff.office.level == Role.CITY


def sees_anything(staff: Staff) -> bool:
    """Whether this reviewer has an office that decides something."""
    return bool(own_statuses(staff))


def own_statuses(staff: Staff) -> tuple[Status, ...]:
    """Where this reviewer's office decides."""
    return statuses_of(staff.office.level if staff.office else None)


def queue(
    session: Session, staff: Staff, queue_filter: QueueFilter, now: datetime, after: Key | None = None, most: int = PAGE
) -> list[QueueRow]:
    """The next so many lines after a place, oldest first; each status is read from its own end of the index."""
    rows = _wanted(session, staff, queue_filter, now)
    place = tuple_(Application.status_since, Application.id)
    if after:
        rows = rows.where(place > after)
    rows = rows.order_by(Application.status_since, Application.id).limit(most)
    found = [
        session.execute(rows.where(Application.status == status)).all() for status in _statuses(staff, queue_filter)
    ]
    merged = heapq.merge(*found, key=lambda row: (row.status_since, row.id))
    return _lines(list(merged)[:most], staff, now)


def before(session: Session, staff: Staff, queue_filter: QueueFilter, now: datetime, key: Key) -> QueueRow | None:
    """The line before a place that this reviewer could decide."""
    rows = _wanted(session, staff, queue_filter, now).where(tuple_(Application.status_since, Application.id) < key)
    rows = rows.order_by(Application.status_since.desc(), Application.id.desc()).limit(PAGE)
    found = [
        session.execute(rows.where(Application.status == status)).all() for status in _statuses(staff, queue_filter)
    ]
    latest_first = heapq.merge(*found, key=lambda row: (row.status_since, row.id), reverse=True)
    return next((line for line in _lines(list(latest_first), staff, now) if line.may_open), None)


def after(session: Session, staff: Staff, queue_filter: QueueFilter, now: datetime, key: Key | None) -> QueueRow | None:
    """The next line that this reviewer could decide; from the end of the queue back to its beginning."""
    onward = chain(_walk(session, staff, queue_filter, now, key), _walk(session, staff, queue_filter, now, None))
    return next((line for line in onward if line.may_open and (line.since, line.id) != key), None)


def _walk(
    session: Session, staff: Staff, queue_filter: QueueFilter, now: datetime, place: Key | None
) -> Iterator[QueueRow]:
    while lines := queue(session, staff, queue_filter, now, place):
        yield from lines
        if len(lines) < PAGE:
            return
        place = (lines[-1].since, lines[-1].id)


def counts(session: Session, staff: Staff) -> dict[Status, int]:
    """How many wait in each status; MANY + 1 stands for more than MANY."""
    found = {}
    for status in own_statuses(staff):
        some = select(Application.id).where(*scope(staff), Application.status == status).limit(MANY + 1)
        found[status] = session.scalar(select(func.count()).select_from(some.subquery())) or 0
    return found


def find(session: Session, staff: Staff, words: str, now: datetime) -> tuple[list[QueueRow], bool]:
    """Live applications of the office by the beginning of a 准考证号 or name; whether there may be more.

    Looks through at most MANY candidates, so that a short beginning cannot make it slow.
    """
    if not sees_anything(staff):
        return [], False
    column = Candidate.exam_number if words.isdigit() else Candidate.name
    people = select(Candidate.id).where(column >= words, column < words + "\U0010ffff").order_by(column).limit(MANY)
    ids = list(session.scalars(people))
    # Wrapped, so that SQLite goes by the candidates and not through the whole office.
    within = [func.coalesce(Application.office_id, 0) == staff.office_id] if _is_city(staff) else scope(staff)
    mine = (*within, Application.closed_at.is_(None), Application.candidate_id.in_(ids))
    rows = session.execute(_joined().where(*mine).order_by(Candidate.exam_number).limit(PAGE)).all()
    return _lines(rows, staff, now), len(ids) == MANY or len(rows) == PAGE


def cities(session: Session) -> list[Office]:
    """The city offices, for the province's filter."""
    return list(session.scalars(select(Office).where(Office.level == Role.CITY).order_by(Office.city, Office.id)))


def _statuses(staff: Staff, queue_filter: QueueFilter) -> tuple[Status, ...]:
    return tuple(status for status in own_statuses(staff) if queue_filter.status in ("", status))


def _joined() -> QueueSelect:
    rows = select(*COLUMNS).join(Application.candidate)
    return rows.outerjoin(Application.office).outerjoin(Application.claimer)


def _wanted(session: Session, staff: Staff, queue_filter: QueueFilter, now: datetime) -> QueueSelect:
    rows = _joined().where(*scope(staff))
    if queue_filter.office:
        rows = rows.where(Application.office_id == queue_filter.office)
    if queue_filter.days:
        rows = rows.where(Application.status_since <= now - timedelta(days=queue_filter.days))
    return rows.where(*_held(session, staff, queue_filter.holder, now)) if queue_filter.holder else rows


def _held(session: Session, staff: Staff, holder: str, now: datetime) -> list[ColumnElement[bool]]:
    """`mine` and `taken` are few: they are looked up first, so that the queue is not walked for them."""
    live = Application.claimed_at >= now - IDLE
    if holder == "free":
        return [or_(Application.claimed_at.is_(None), ~live)]
    by = Application.claimed_by == staff.id if holder == "mine" else Application.claimed_by != staff.id
    return [Application.id.in_(list(session.scalars(select(Application.id).where(live, by))))]


def _lines(rows: Iterable[QueueColumns], staff: Staff, now: datetime) -> list[QueueRow]:
    return [_line(row, staff, now) for row in rows]


def _line(row: QueueColumns, staff: Staff, now: datetime) -> QueueRow:
    number, tag, status, since, held_by, held_at, exam_number, name, id_number, office, holder = row
    held = held_by is not None and not claim_ended(held_at, now)
    return QueueRow(
        number,
        tag,
        Status(status),
        since,
        exam_number,
        name,
        office or "",
        holder if held else "",
        held and held_by == staff.id,
        id_number == staff.id_number,
    )
