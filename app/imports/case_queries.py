"""The applications under way of the people whom an import is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Select, Table, or_, select
from sqlalchemy.orm import Session

from app.application.model import Application
from app.application.workflow import Status
from app.base.database import Base
from app.identity.model import Candidate
from app.imports.case_rules import Consequence
from app.imports.report_rules import CaseChange

SomeRow = TypeVar("SomeRow", bound=Base)
Value: TypeAlias = "str | int | bool | date | None"  # of a column
AT_ONCE = 500
MOST_CHANGES = 8  # that are shown of one case


def live(*which: ColumnElement[bool]) -> Select[Application, Candidate]:
    """Applications that are not closed, with their candidates."""
    found = select(Application, Candidate).join(Candidate, Application.candidate_id == Candidate.id)
    return found.where(Application.closed_at.is_(None), *which).order_by(Application.id)


def cases_of(session: Session, which: ColumnElement[bool]) -> Iterator[tuple[Application, Candidate]]:
    """In portions, so that a large import does not hold them all."""
    ids = session.scalars(live(which).with_only_columns(Application.id)).all()
    for at in range(0, len(ids), AT_ONCE):
        yield from session.execute(live(Application.id.in_(ids[at : at + AT_ONCE]))).all()
        session.expunge_all()


def new_or_changed(rows: Table, changed: Table, target: Table, same: ColumnElement[bool]) -> ColumnElement[bool]:
    """Rows of a stage that are not what the target has already."""
    there = select(target.c[next(iter(target.primary_key)).name]).where(same).correlate(rows).exists()
    return or_(rows.c.place.in_(select(changed.c.place)), ~there)


def case(
    application: Application,
    candidate: Candidate,
    changes: Mapping[str, tuple[str, str]],
    consequence: Consequence,
) -> CaseChange:
    """One line of the report."""
    return CaseChange(
        application.id,
        candidate.id,
        candidate.exam_number,
        candidate.name,
        Status(application.status),
        dict(list(changes.items())[:MOST_CHANGES]),
        consequence.text,
        consequence.effect,
    )


def copy_of(row: SomeRow, changes: Mapping[str, Value]) -> SomeRow:
    """A row that no session knows, with other values here and there."""
    columns = {column.key: getattr(row, column.key) for column in row.__table__.columns}
    return type(row)(**columns | dict(changes))
