"""What the queries of statistics share: whose figures, which offices, days out of moments."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, Integer, String, cast, func, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.application.model import Application
from app.identity.actor_rules import Role
from app.identity.model import Office
from app.statistics.period_rules import Period
from app.statistics.tally_rules import day_of

FIRST, HOUR = literal_column("1", Integer), literal_column("13", Integer)  # characters of "2026-11-22 09"


def offices(session: Session, office_id: int | None) -> list[Office]:
    """The office whose figures are wanted; for None all, the provincial one last."""
    every = select(Office).order_by(Office.level == Role.PROVINCE, Office.city, Office.id)
    return list(session.scalars(every if office_id is None else every.where(Office.id == office_id)))


def of_office(office_id: int | None) -> list[ColumnElement[bool]]:
    """What applications of this office fulfil; for None all do."""
    return [] if office_id is None else [Application.office_id == office_id]


def within(column: InstrumentedAttribute[datetime], period: Period) -> ColumnElement[bool]:
    """In these days."""
    return (column >= period.begins) & (column < period.ends)


def hour_of(column: ColumnElement[datetime] | InstrumentedAttribute[datetime]) -> ColumnElement[str]:
    """The hour of UTC a moment is in, on every database: days of Guangdong are whole ones of them. Without parameters:
    PostgreSQL groups by what is selected only where it can see that it is the same."""
    return func.substr(cast(column, String), FIRST, HOUR)


@lru_cache(10_000)
def day_of_hour(hour: str) -> date:
    """The day in Guangdong that an hour of UTC belongs to."""
    return day_of(datetime.fromisoformat(f"{hour}:00").replace(tzinfo=UTC))
