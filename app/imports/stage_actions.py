"""Right rows of an import, kept aside in temporary tables of one connection until they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    MetaData,
    Select,
    Table,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
)

from app.imports.cell_rules import Value

STEP = 5000  # rows of one statement


@dataclass(frozen=True)
class Doubled:
    """A row whose key another row has too."""

    place: int
    other: int
    key: tuple[Any, ...]


class Stage:
    """A temporary table with the columns of a target, and beside them `place`, the row's number in the file.

    `changed` lists the places of rows that differ from what the target has.
    """

    def __init__(self, connection: Connection, columns: Sequence[Column[Any]], key: Sequence[str]) -> None:
        tables = MetaData()
        place = Column("place", Integer, primary_key=True, autoincrement=False)
        self.connection, self._key = connection, tuple(key)
        self.rows = Table("import_row", tables, place, *columns, prefixes=["TEMPORARY"])
        self.changed = _places(tables, "import_changed")
        self._doubled = _places(tables, "import_doubled")
        self._index = Index("ix_import_row_key", *(self.rows.c[name] for name in self._key))
        self._names = [column.name for column in self.rows.columns]
        for table in (self.rows, self.changed, self._doubled):
            table.create(connection)
        if self._index in self.rows.indexes:  # it is made when the rows are there
            self._index.drop(connection)
        compiled = insert(self.rows).compile(dialect=connection.dialect)
        self._insert, self._by_place = str(compiled), bool(compiled.positional)
        connection.commit()

    @property
    def key(self) -> tuple[ColumnElement[Any], ...]:
        """The columns by which a row is told from others."""
        return tuple(self.rows.c[name] for name in self._key)

    @property
    def fields(self) -> list[str]:
        """The target's columns that the rows have."""
        return self._names[1:]

    def load(self, places: Sequence[int], columns: Mapping[str, Sequence[Value]]) -> None:
        """Put rows in, a whole batch at once, by the driver's own means: there are millions."""
        if not places:
            return
        rows: list[Any] = list(zip(places, *(columns[name] for name in self.fields), strict=True))
        if not self._by_place:
            rows = [dict(zip(self._names, row, strict=True)) for row in rows]
        self.connection.exec_driver_sql(self._insert, rows)
        self.connection.commit()

    def settle(self) -> None:
        """All rows are in: they can be found by their key from now on."""
        self._index.create(self.connection)
        self.connection.commit()

    def doubled(self, most: int) -> tuple[int, list[Doubled]]:
        """Take out every row whose key stands twice; how many those were, and the first of them."""
        first, last = func.min(self.rows.c.place).label("first"), func.max(self.rows.c.place).label("last")
        twice = select(*self.key, first, last).group_by(*self.key).having(func.count() > 1).subquery()
        same = and_(*(column == twice.c[column.name] for column in self.key))
        places = select(self.rows.c.place).join(twice, same)
        count = self.connection.execute(insert(self._doubled).from_select(["place"], places)).rowcount
        found = select(self.rows.c.place, twice.c.first, twice.c.last, *self.key).join(twice, same)
        shown = self.connection.execute(found.order_by(self.rows.c.place).limit(most)).all() if count else []
        rows = [Doubled(row[0], row[1] if row[0] != row[1] else row[2], tuple(row[3:])) for row in shown]
        if count:
            listed = select(self._doubled.c.place)
            self.connection.execute(delete(self.rows).where(self.rows.c.place.in_(listed)))
        self.connection.commit()
        return count, rows

    def drop(self, places: Iterable[int]) -> None:
        """Take rows out."""
        wrong = list(places)
        for at in range(0, len(wrong), STEP):
            self.connection.execute(delete(self.rows).where(self.rows.c.place.in_(wrong[at : at + STEP])))
        self.connection.commit()

    def count(self) -> int:
        """How many rows there are."""
        return self.connection.scalar(select(func.count()).select_from(self.rows)) or 0

    def is_new(self, target: Table) -> Select[Any]:
        """The rows that the target does not have, in the order of their key."""
        beside = self.rows.outerjoin(target, self.same_key(target))
        absent = target.c[self._key[0]].is_(None)
        return select(self.rows).select_from(beside).where(absent).order_by(*self.key)

    def same_key(self, target: Table) -> ColumnElement[bool]:
        """A row here and one there are about the same thing."""
        return and_(*(target.c[name] == self.rows.c[name] for name in self._key))

    def differs(self, target: Table, fields: Sequence[str]) -> ColumnElement[bool]:
        """A row here says something else than the one there."""
        return or_(*(target.c[name] != self.rows.c[name] for name in fields if name not in self._key))

    def note_changed(self, target: Table, fields: Sequence[str]) -> int:
        """List the rows that differ; how many."""
        if not [name for name in fields if name not in self._key]:
            return 0
        found = select(self.rows.c.place).join(target, self.same_key(target)).where(self.differs(target, fields))
        done = self.connection.execute(insert(self.changed).from_select(["place"], found.distinct()))
        self.connection.commit()
        return int(done.rowcount)

    def count_known(self, target: Table) -> int:
        """How many rows the target has already."""
        there = select(target.c[self._key[0]]).where(self.same_key(target)).exists()
        return self.connection.scalar(select(func.count()).select_from(self.rows).where(there)) or 0


def _places(tables: MetaData, name: str) -> Table:
    place = Column("place", Integer, primary_key=True, autoincrement=False)
    return Table(name, tables, place, prefixes=["TEMPORARY"])
