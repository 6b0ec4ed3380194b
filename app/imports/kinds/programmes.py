"""专业计划: programmes, their courses, what replaces what (顶替) and the notes (备注); one row a course.

A programme's own columns stand in each of its rows. What a list does not name, a course or a note, stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Column, Connection, Row, func, select
from sqlalchemy.orm import Session

from app.application.workflow import Status
from app.identity.actor_rules import Actor
from app.identity.model import Candidate
from app.imports import texts
from app.imports.case_actions import follow
from app.imports.case_queries import case, cases_of
from app.imports.case_rules import of_forecast
from app.imports.kind_actions import Counts, Kind
from app.imports.kinds.programme_row import COLUMNS, KEY, OF_ALL, blanks, is_replacement, take_row, ways_of
from app.imports.report_rules import CaseChange, Mistake
from app.imports.row_rules import RowBatch
from app.imports.stage_actions import Stage
from app.imports.value_rules import Wrong
from app.study.forecast_rules import forecast
from app.study.model import Programme, ProgrammeCourse
from app.study.queries import records_of

Rows = list[Row[Any]]
REPLACES = "顶替的旧课程"  # the heading


class Programmes(Kind):
    """Rows are few: they are taken one by one, into objects that are only flushed when they are to be written."""

    def __init__(self) -> None:
        super().__init__("programmes", "专业计划", (*KEY, "course_code"))

    def columns(self, fields: Sequence[str]) -> list[Column[Any]]:  # noqa: ARG002
        """All, whether the list has them or not."""
        return [Column(each.name, each.type) for each in COLUMNS]

    def prepare(self, connection: Connection, batch: RowBatch) -> None:  # noqa: ARG002
        """What is not in the list is blank; 顶替 has to be of course codes."""
        for name, blank in blanks().items():
            batch.columns.setdefault(name, [blank] * len(batch.places))
        bad = {
            at: Wrong(texts.NOT_REPLACEMENTS, {"value": str(words)})
            for at, words in enumerate(batch.columns["replaces"])
            if not is_replacement(str(words))
        }
        batch.refuse(bad, REPLACES)

    def check(self, stage: Stage) -> Iterator[Mistake]:
        """The rows of a programme say the same about it; an old course counts for one new one."""
        for _key, rows in _programmes(stage):
            for row in rows[1:]:
                if [name for name in OF_ALL if getattr(row, name) != getattr(rows[0], name)]:
                    yield Mistake(row.place, "", texts.PROGRAMME_DIFFERS, {"other": rows[0].place})
            yield from _wrong_replacements(rows)

    def compare(self, stage: Stage) -> Counts:
        """By taking every row into objects that are thrown away."""
        with Session(stage.connection, autoflush=False) as session:
            states = [state for _programme, _changed, found in _taken(session, stage) for state in found]
            there = session.scalar(select(func.count()).select_from(ProgrammeCourse)) or 0
        new, changed, same = (states.count(state) for state in ("new", "changed", "same"))
        return Counts(new, changed, same, max(0, there - changed - same))

    def cases(self, session: Session, stage: Stage, now: datetime) -> Iterator[CaseChange]:
        """Those who study a programme that changes, if their forecast turns."""
        with Session(stage.connection, autoflush=False) as taken:
            for future, changed, _states in list(_taken(taken, stage)):
                if changed:
                    yield from _cases(session, future, now)

    def write(self, session: Session, stage: Stage, now: datetime) -> None:  # noqa: ARG002
        """The same, and this time it is kept."""
        with session.no_autoflush:
            list(_taken(session, stage))
        session.flush()

    def follow(self, session: Session, case: CaseChange, actor: Actor, now: datetime) -> None:
        """A forecast that is unmade holds the application."""
        follow(session, case, actor, now)


def _programmes(stage: Stage) -> Iterator[tuple[tuple[str, ...], Rows]]:
    """The rows of each programme, in the order of the file."""
    key = [stage.rows.c[name] for name in KEY]
    rows = stage.connection.execute(select(stage.rows).order_by(*key, stage.rows.c.place)).all()
    for found, some in groupby(rows, key=lambda row: tuple(getattr(row, name) for name in KEY)):
        yield found, list(some)


def _wrong_replacements(rows: Rows) -> Iterator[Mistake]:
    """Old courses that count for two new ones, or for themselves."""
    first: dict[str, int] = {}
    for row in rows:
        for old in ways_of(row.replaces):
            if old == row.course_code:
                yield Mistake(row.place, REPLACES, texts.REPLACES_ITSELF, {"value": old})
            elif (other := first.setdefault(old, row.place)) != row.place:
                yield Mistake(row.place, REPLACES, texts.REPLACED_TWICE, {"value": old, "other": other})


def _taken(session: Session, stage: Stage) -> Iterator[tuple[Programme, bool, list[str]]]:
    """Each programme as it will be, whether anything of it changes, and how each row stands to what is there."""
    for key, rows in list(_programmes(stage)):
        programme = session.scalar(select(Programme).filter_by(**dict(zip(KEY, key, strict=True))))
        states = []
        for row in rows:
            programme, state = take_row(session, programme, row)
            states.append(state)
        if programme:
            yield programme, any(state != "same" for state in states), states


def _cases(session: Session, future: Programme, now: datetime) -> Iterator[CaseChange]:
    key = {name: getattr(future, name) for name in KEY}
    today = session.scalar(select(Programme).filter_by(**key))
    study = (
        Candidate.major.startswith(f"{future.code} ", autoescape=True) | (Candidate.major == future.code),
        Candidate.programme_university == future.programme_university,
        Candidate.course_group == future.course_group,
    )
    for application, person in cases_of(session, study[0] & study[1] & study[2]):
        records = records_of(session, person)
        before, after = (forecast(each, records, now).passed for each in (today, future))
        if before != after:
            yield case(application, person, {}, of_forecast(Status(application.status), before, after))
