"""Counting: a few new rows whenever a page is opened, many in the process of long work."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from app.base.database import Database, updated_one_row
from app.jobs.actions import ask
from app.jobs.queries import latest
from app.jobs.rules import ENDED
from app.statistics.counting_queries import Counted, pictures, reviews
from app.statistics.model import Tally, TallyMark
from app.statistics.tally_rules import TallyKey

KIND = "statistics"
KEY = (Tally.day, Tally.office_id, Tally.what, Tally.name, Tally.value)
MORE = (
    update(Tally)
    .where(*(column == bindparam(f"key_{column.key}") for column in KEY))
    .values(times=Tally.times + bindparam("more"))
)
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
    rows = select(*KEY).where(Tally.day.in_({key.day for key in counted.sums}))
    known = {TallyKey(*row) for row in session.execute(rows)}
    more = [_parameters(key, times) for key, times in counted.sums.items() if key in known]
    new = [vars(key) | {"times": times} for key, times in counted.sums.items() if key not in known]
    if more:
        session.connection().execute(MORE, more)
    if new:
        session.execute(insert(Tally), new)
    return True


def _parameters(key: TallyKey, times: int) -> dict[str, date | int | str]:
    return {f"key_{name}": value for name, value in vars(key).items()} | {"more": times}


def ask_for_counting(session: Session, now: datetime) -> None:
    """Let the process of long work catch up, unless it is about to."""
    last = next(iter(latest(session, (KIND,), 1)), None)
    if last is None or last.state in ENDED:
        ask(session, KIND, {}, None, now)
