"""考办 with their counties, and 批次. What the tables have no column for yet is passed over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, String, Table, delete, insert, select, update
from sqlalchemy.orm import Session

from app.application.model import Batch
from app.application.place_rules import cities
from app.base.database import Base
from app.base.errors import Fact
from app.identity.actor_rules import Role
from app.identity.model import Office
from app.imports import texts
from app.imports.cell_rules import Value
from app.imports.kind_actions import Counts, TableKind
from app.imports.report_rules import Mistake
from app.imports.row_rules import RowBatch
from app.imports.stage_actions import Stage
from app.imports.value_rules import Wrong
from app.offices.form_rules import BAD_CODE, CODE
from app.offices.rules import BATCH, OFFICE

LEVELS = {"市": Role.CITY, "省": Role.PROVINCE}
COUNTIES, VERSION, UNIVERSITIES = "counties", "version", "universities"
APART = re.compile("[、,，;；]")
WIDE = 1000  # characters of a list in a cell


class VersionedKind(TableKind):
    """Rows that count their changes, so that nobody saves a page over what a list has brought meanwhile."""

    def write(self, session: Session, stage: Stage, now: datetime) -> None:
        """Whatever changes has a new version."""
        if VERSION in self.table.columns:
            listed = stage.rows.c.place.in_(select(stage.changed.c.place))
            raised = update(self.table).where(stage.same_key(self.table), listed)
            session.execute(raised.values({VERSION: self.table.c[VERSION] + 1}))
        super().write(session, stage, now)


class Offices(VersionedKind):
    """One is told from others by its code. `counties`: those that it has, whatever office their city has."""

    def __init__(self) -> None:
        super().__init__("offices", OFFICE, table_of(Office), ("code",))
        self._counties = Base.metadata.tables.get("office_county")

    def columns(self, fields: Sequence[str]) -> list[Column[Any]]:
        """And the counties, as codes."""
        listed = [Column(COUNTIES, String(WIDE))] if COUNTIES in fields else []
        return [*super().columns(fields), *listed]

    def compared(self, stage: Stage) -> list[str]:
        """The counties are compared by themselves."""
        return [name for name in stage.fields if name != COUNTIES]

    def prepare(self, connection: Connection, batch: RowBatch) -> None:  # noqa: ARG002
        """Names of places become their codes; an office's own code is written as it is here, capitals or not."""
        codes = [str(words).lower() for words in batch.columns["code"]]
        batch.columns["code"] = list(codes)
        wrong = {at: Wrong(BAD_CODE) for at, code in enumerate(codes) if not CODE.fullmatch(code)}
        batch.refuse(wrong, "考办代码")
        batch.columns["level"] = [LEVELS[str(words)] for words in batch.columns["level"]]
        for field, heading, known in (("city", "地市", _cities()), (COUNTIES, "区县", _places())):
            if field in batch.columns:
                batch.refuse(_unknown(batch.columns[field], known), heading)
                batch.columns[field] = ["、".join(_codes(str(words), known)) for words in batch.columns[field]]

    def check(self, stage: Stage) -> Iterator[Mistake]:
        """A county is given to one office of the list."""
        if COUNTIES not in stage.fields:
            return
        names = {place.code: place.name for city in cities() for place in city.places}
        first: dict[str, int] = {}
        rows = select(stage.rows.c.place, stage.rows.c[COUNTIES]).order_by(stage.rows.c.place)
        for place, words in stage.connection.execute(rows).all():
            for county in filter(None, str(words).split("、")):
                if (other := first.setdefault(county, place)) != place:
                    facts: dict[str, Fact] = {"value": names[county], "other": other}
                    yield Mistake(place, "区县", texts.COUNTY_TWICE, facts)

    def compare(self, stage: Stage) -> Counts:
        """An office whose counties change has changed too."""
        counts = super().compare(stage)
        before = set(stage.connection.scalars(select(stage.changed.c.place)))
        more = [place for place, _office in self._moved(stage) if place not in before]
        if more:
            stage.connection.execute(insert(stage.changed), [{"place": place} for place in more])
        return Counts(counts.new, counts.changed + len(more), counts.same - len(more), counts.kept)

    def write(self, session: Session, stage: Stage, now: datetime) -> None:
        """The offices, then whose counties are whose."""
        super().write(session, stage, now)
        if self._counties is None or COUNTIES not in stage.fields:
            return
        found = select(stage.rows.c[COUNTIES], self.table.c.id).join(self.table, stage.same_key(self.table))
        for words, office in session.execute(found).all():
            mine = [each for each in str(words).split("、") if each]
            session.execute(delete(self._counties).where(self._counties.c.county.in_(mine)))
            if mine:
                session.execute(insert(self._counties), [{"county": each, "office_id": office} for each in mine])

    def _moved(self, stage: Stage) -> Iterator[tuple[int, int]]:
        """Rows of known offices that have not yet all the counties that the list gives them."""
        if self._counties is None or COUNTIES not in stage.fields:
            return
        owners = {county: office for county, office in stage.connection.execute(select(self._counties)).all()}
        rows = select(stage.rows.c.place, stage.rows.c[COUNTIES], self.table.c.id)
        for place, words, office in stage.connection.execute(rows.join(self.table, stage.same_key(self.table))).all():
            if any(owners.get(county) != office for county in str(words).split("、") if county):
                yield place, office


class Batches(VersionedKind):
    """毕业年月. One is told from others by its month."""

    def __init__(self) -> None:
        super().__init__("batches", BATCH, table_of(Batch), ("month",))

    def prepare(self, connection: Connection, batch: RowBatch) -> None:  # noqa: ARG002
        """The schools become a list, as the column keeps it."""
        if UNIVERSITIES in batch.columns:
            lists = [[each for each in APART.split(str(words)) if each] for words in batch.columns[UNIVERSITIES]]
            batch.columns[UNIVERSITIES] = [json.dumps(each) for each in lists]

    def check(self, stage: Stage) -> Iterator[Mistake]:
        """It closes after it opens."""
        backwards = select(stage.rows.c.place).where(stage.rows.c.closes_at <= stage.rows.c.opens_at)
        for place in stage.connection.scalars(backwards):
            yield Mistake(place, "结束时间", texts.CLOSES_BEFORE)


def table_of(model: type[Base]) -> Table:
    """The table of a model."""
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 — every model of ours is one
    return table


def _cities() -> dict[str, str]:
    return {words: city.code for city in cities() for words in (city.code, city.name)}


def _places() -> dict[str, str]:
    """By code, and by the name where only one place has it."""
    every = [(place.code, place.name) for city in cities() for place in city.places]
    names = [name for _code, name in every]
    return {code: code for code, _name in every} | {name: code for code, name in every if names.count(name) == 1}


def _codes(words: str, known: Mapping[str, str]) -> list[str]:
    return [known[each] for each in APART.split(words) if each]


def _unknown(cells: Sequence[Value], known: Mapping[str, str]) -> dict[int, Wrong]:
    found = {}
    for at, words in enumerate(cells):
        if strange := [each for each in APART.split(str(words)) if each and each not in known]:
            found[at] = Wrong(texts.NO_PLACE, {"value": "、".join(strange)})
    return found
