"""What a kind of import is: which columns its rows have, what is held against what, how it is written, what follows.

`TableKind` does all of it for a list that becomes rows of one table. A kind that is more than that overrides what
differs. docs/imports.md says how to add one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Integer, Table, func, insert, literal, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import CallableColumnDefault, ScalarElementColumnDefault

from app.http.slices import Slice
from app.identity.actor_rules import Actor
from app.identity.model import Candidate
from app.imports import texts
from app.imports.report_rules import CaseChange, Mistake
from app.imports.row_rules import RowBatch
from app.imports.stage_actions import Doubled, Stage
from app.imports.value_rules import Wrong

Progress = Callable[[str, int, int], None]
NUMBERS = 500  # asked for at once


@dataclass(frozen=True)
class Counts:
    """How the right rows stand to what is there. `kept`: what is there and not in the list."""

    new: int
    changed: int
    same: int
    kept: int = 0


class Kind:
    """One kind of list. `name` is also that of the layout which is used when nobody chooses another.

    The order of calls: `columns`, `prepare` for every batch, `check`, `compare`, `cases`; then, if it is to be written,
    `ready` outside of the transaction, and in it `write` and, for each case, `follow`.
    """

    may_repeat = False  # whether several rows may have the same key

    def __init__(self, name: str, title: str, key: Sequence[str]) -> None:
        self.name, self.title, self.key = name, title, tuple(key)

    def columns(self, fields: Sequence[str]) -> list[Column[Any]]:
        """The columns of the stage, for the fields that the list has."""
        raise NotImplementedError

    def prepare(self, connection: Connection, batch: RowBatch) -> None:
        """Make of a batch's fields what the stage holds; refuse rows that cannot be (`batch.refuse`)."""

    def check(self, stage: Stage) -> Iterator[Mistake]:  # noqa: ARG002
        """What is wrong with rows only when they are all there."""
        return iter(())

    def key_words(self, stage: Stage, doubled: Doubled) -> str:  # noqa: ARG002
        """What stands twice, as a message shows it."""
        return " ".join(str(each) for each in doubled.key)

    def compare(self, stage: Stage) -> Counts:
        """How the rows stand to what is there."""
        raise NotImplementedError

    def cases(self, session: Session, stage: Stage, now: datetime) -> Iterator[CaseChange]:  # noqa: ARG002
        """The applications under way for which something changes."""
        return iter(())

    def ready(self, stage: Stage, progress: Progress) -> None:
        """What takes long and has to be done before the transaction."""

    def write(self, session: Session, stage: Stage, now: datetime) -> None:
        """Write it, within one transaction."""
        raise NotImplementedError

    def follow(self, session: Session, case: CaseChange, actor: Actor, now: datetime) -> None:
        """Bring about what follows for one case, in the same transaction."""


class TableKind(Kind):
    """Rows of one table. `owned`: a row belongs to a candidate, whom the list names by 准考证号."""

    def __init__(self, name: str, title: str, table: Table, key: Sequence[str], owned: bool = False) -> None:
        super().__init__(name, title, key)
        self.table, self.owned = table, owned

    def columns(self, fields: Sequence[str]) -> list[Column[Any]]:
        """Those of the table that the list has a field for."""
        wanted = {*fields, *self.key}
        return [Column(each.name, each.type) for each in self.table.columns if each.name in wanted]

    def prepare(self, connection: Connection, batch: RowBatch) -> None:
        """The candidate's number becomes the candidate."""
        if self.owned:
            own(connection, batch)

    def key_words(self, stage: Stage, doubled: Doubled) -> str:
        """With the candidate's number, not ours."""
        if not self.owned:
            return super().key_words(stage, doubled)
        owner, *rest = doubled.key
        number = stage.connection.scalar(select(Candidate.exam_number).where(Candidate.id == owner))
        return " ".join(map(str, (number, *rest)))

    def compare(self, stage: Stage) -> Counts:
        """By SQL: the rows never come here."""
        rows, there = stage.count(), stage.connection.scalar(select(func.count()).select_from(self.table)) or 0
        if not there:
            return Counts(rows, 0, 0)
        known = stage.count_known(self.table)
        changed = stage.note_changed(self.table, self.compared(stage))
        return Counts(rows - known, changed, known - changed, max(0, there - known))

    def compared(self, stage: Stage) -> list[str]:
        """The fields of which a difference is a change."""
        return stage.fields

    def write(self, session: Session, stage: Stage, now: datetime) -> None:  # noqa: ARG002
        """Changed rows, then new ones, each by one statement."""
        names = self.compared(stage)
        values = {name: stage.rows.c[name] for name in names if name not in self.key}
        if values:
            listed = stage.rows.c.place.in_(select(stage.changed.c.place))
            session.execute(update(self.table).where(stage.same_key(self.table), listed).values(values))
        new = stage.is_new(self.table).subquery()
        filled = {each.name: new.c[each.name] for each in self.table.columns if each.name in new.c}
        blanks = {
            name: literal(value, self.table.c[name].type) for name, value in self.blanks().items() if name not in filled
        }
        chosen = filled | blanks
        session.execute(insert(self.table).from_select(list(chosen), select(*chosen.values())))

    def blanks(self) -> Mapping[str, Any]:
        """What new rows have in columns that the list does not."""
        needed = [each for each in self.table.columns if not each.nullable and each.name not in self.key]
        needed = [each for each in needed if not each.primary_key and each.server_default is None]
        return {each.name: _blank(each) for each in needed}


@dataclass(frozen=True)
class ImportSlice(Slice):
    """A slice that brings kinds of imports."""

    kinds: tuple[Kind, ...] = ()


class Kinds:
    """All kinds, of all slices, by their name."""

    def __init__(self, slices: Iterable[Slice]) -> None:
        self.every = {kind.name: kind for each in slices if isinstance(each, ImportSlice) for kind in each.kinds}

    @property
    def titles(self) -> dict[str, str]:
        """What each is called, by its name."""
        return {name: kind.title for name, kind in self.every.items()}


def _blank(column: Column[Any]) -> Any:
    """What the model says, else nothing of the column's type."""
    if isinstance(column.default, ScalarElementColumnDefault):
        return column.default.arg
    if isinstance(column.default, CallableColumnDefault):
        return column.default.arg(None)  # type: ignore[arg-type]  # a default of ours asks for nothing
    if isinstance(column.type, Boolean):
        return False
    return 0 if isinstance(column.type, Integer) else ""


def own(connection: Connection, batch: RowBatch) -> None:
    """Put `candidate_id` in the place of `exam_number`; rows about nobody are refused."""
    numbers = batch.columns.pop("exam_number")
    distinct, ids = list(dict.fromkeys(numbers)), dict[Any, int]()
    for at in range(0, len(distinct), NUMBERS):
        known = select(Candidate.exam_number, Candidate.id)
        known = known.where(Candidate.exam_number.in_(distinct[at : at + NUMBERS]))
        ids.update((number, owner) for number, owner in connection.execute(known))
    batch.columns["candidate_id"] = [ids.get(number) for number in numbers]
    if len(ids) < len(distinct):
        nobody = {
            at: Wrong(texts.NO_CANDIDATE, {"value": str(number)})
            for at, number in enumerate(numbers)
            if number not in ids
        }
        batch.refuse(nobody, "准考证号")
