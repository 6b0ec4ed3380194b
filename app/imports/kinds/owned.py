"""What belongs to a candidate and decides about the forecast: results, suspensions, earlier degrees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Table, select
from sqlalchemy.orm import Session

from app.application.model import Application
from app.application.workflow import Status
from app.base.database import Base
from app.identity.actor_rules import Actor
from app.imports.case_actions import follow
from app.imports.case_queries import case, cases_of, copy_of, new_or_changed
from app.imports.case_rules import of_forecast
from app.imports.kind_actions import TableKind
from app.imports.report_rules import CaseChange
from app.imports.stage_actions import Stage
from app.study.forecast_rules import Records, forecast
from app.study.queries import programme_of, records_of


class OwnedKind(TableKind):
    """`part`: which of a candidate's Records these rows are. A case is told of when its forecast turns, or when
    something that stood there changes."""

    def __init__(self, name: str, title: str, model: type[Base], key: Sequence[str], part: str, shown: str) -> None:
        table = model.__table__
        assert isinstance(table, Table)  # noqa: S101 — every model of ours is one
        super().__init__(name, title, table, key, owned=True)
        self._model, self._part, self._shown = model, part, shown

    def cases(self, session: Session, stage: Stage, now: datetime) -> Iterator[CaseChange]:
        """By holding the records as they will be against the programme."""
        rows = stage.rows
        told = new_or_changed(rows, stage.changed, self.table, stage.same_key(self.table))
        owners = select(rows.c.candidate_id).where(told)
        for application, candidate in cases_of(session, Application.candidate_id.in_(owners)):
            programme, records = programme_of(session, candidate), records_of(session, candidate)
            staged = session.execute(select(rows).where(rows.c.candidate_id == candidate.id)).mappings().all()
            future, changes = self._after(getattr(records, self._part), staged)
            after: Records = replace(records, **{self._part: future})  # type: ignore[arg-type]  # of that part's class
            before, then = (forecast(programme, each, now).passed for each in (records, after))
            if changes or before != then:
                yield case(application, candidate, changes, of_forecast(Status(application.status), before, then))

    def follow(self, session: Session, case: CaseChange, actor: Actor, now: datetime) -> None:
        """A forecast that is unmade holds the application."""
        follow(session, case, actor, now)

    def _after(
        self, there: Sequence[Base], staged: Sequence[Mapping[Any, Any]]
    ) -> tuple[list[Base], dict[str, tuple[str, str]]]:
        """The rows as they will be, and what changes of those that are there."""
        known = {tuple(getattr(row, name) for name in self.key): row for row in there}
        changes: dict[str, tuple[str, str]] = {}
        blanks = self.blanks()
        for given in staged:
            row = {name: self._typed(name, value) for name, value in given.items() if name != "place"}
            key = tuple(row[name] for name in self.key)
            old = known.get(key)
            known[key] = copy_of(old, row) if old else self._model(**{**blanks, **row})
            if old and str(getattr(old, self._shown)) != str(row.get(self._shown)):
                words = " ".join(str(each) for each in key[1:])
                changes[words] = (str(getattr(old, self._shown)), str(row.get(self._shown)))
        return list(known.values()), changes

    def _typed(self, name: str, value: Any) -> Any:
        is_day = isinstance(self.table.c[name].type, Date) and isinstance(value, str)
        return date.fromisoformat(value) if is_day else value
