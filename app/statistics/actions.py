"""Counting: a few new rows whenever a page is opened, many in the process of long work."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Date, bindparam, text, update
from sqlalchemy.orm import Session

from app.base.database import Database, updated_one_row
from app.jobs.actions import ask
from app.jobs.queries import latest
from app.jobs.rules import ENDED
from app.statistics.counting_queries import Counted, pictures, reviews
from app.statistics.model import TallyMark

KIND = "statistics"
# The same words on SQLite and PostgreSQL.
ADD = text(
    "INSERT INTO tally (day, office_id, what, name, value, times)"
    " VALUES (:day, :office_id, :what, :name, :value, :times)"
    " ON CONFLICT (what, day, office_id, name, value) DO UPDATE SET times = tally.times + excluded.times"
).bindparams(bindparam("day", type_=Date))
FEW = 50  # rows of a table that a page may count by itself


def count_next(database: Database, now: datetime, most: int, patience: float | None = None) -> int:
    """Count the next so many pictures and reviews; how many those were. What somebody else has counted meanwhile is
    left to them."""
    with database.reading() as session:
        found = [pictures(session, now, most), reviews(session, now, most)]
    for each in found:
        if each.rows:
            with database.writing(patience) as session:
                add(session, each)
    return sum(each.rows for each in found)


def add(session: Session, counted: Counted) -> bool:
    """Add sums, once: whether nobody had counted on from the same row before."""
    here = update(TallyMark).where(TallyMark.source == counted.source, TallyMark.upto == counted.since)
    if not updated_one_row(session, here.values(upto=counted.upto)):
        return False
    if counted.sums:
        session.execute(ADD, [vars(key) | {"times": times} for key, times in counted.sums.items()])
    return True


def ask_for_counting(session: Session, now: datetime) -> None:
    """Let the process of long work catch up, unless it is about to."""
    last = next(iter(latest(session, (KIND,), 1)), None)
    if last is None or last.state in ENDED:
        ask(session, KIND, {}, None, now)
