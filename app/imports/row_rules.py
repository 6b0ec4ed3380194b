"""Rows on their way in: batches of columns, judged against a layout. Where they come from is the source's business."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import compress, islice
from typing import Protocol

from app.identity.rules import RESIDENT_ID
from app.imports import texts
from app.imports.cell_rules import Cell, ColumnCheck, Value, check_resident_ids
from app.imports.layout_rules import Layout
from app.imports.report_rules import Mistake
from app.imports.value_rules import Wrong

AT_ONCE = 5000  # rows of a batch
Row = tuple[int, Mapping[str, Cell]]


@dataclass
class RawBatch:
    """Rows as they came: their numbers in the file, and each field's cells in that order. `refused`: rows that are not
    among them, because nothing can be made of them; `empty` ones are only counted."""

    places: list[int]
    columns: dict[str, Sequence[Cell]]
    refused: list[Mistake] = field(default_factory=list)
    empty: int = 0


@dataclass
class RowBatch:
    """Judged rows, the right ones; `findings` say what was wrong with the others, `wrong` are their places."""

    places: list[int]
    columns: dict[str, list[Value]]
    findings: list[Mistake] = field(default_factory=list)
    wrong: set[int] = field(default_factory=set)

    def refuse(self, problems: Mapping[int, Wrong], heading: str) -> None:
        """Take the rows out that are wrong at these indexes."""
        if not problems:
            return
        self.findings += [Mistake(self.places[at], heading, why.text, why.facts) for at, why in problems.items()]
        self.take_out(set(problems))

    def take_out(self, wrong: Set[int]) -> None:
        """Leave out the rows at these indexes."""
        self.wrong |= {self.places[at] for at in wrong}
        keep = [at not in wrong for at in range(len(self.places))]
        self.places = list(compress(self.places, keep))
        self.columns = {name: list(compress(values, keep)) for name, values in self.columns.items()}


class Source(Protocol):
    """Where rows come from. `fields` are those that it has, `total` how many rows there are (0: nobody knows),
    `ignored` what it has beside them, as people call it."""

    @property
    def fields(self) -> Sequence[str]: ...

    @property
    def total(self) -> int: ...

    @property
    def ignored(self) -> Sequence[str]: ...

    def batches(self) -> Iterator[RawBatch]:
        """All rows, in order. May raise BadFile in the middle."""
        ...


class Rows:
    """Rows that a program has, as field → value; each with a place (its number in a list) by which messages name it."""

    def __init__(self, fields: Sequence[str], rows: Iterable[Row], total: int = 0) -> None:
        self.fields, self.total, self._rows = fields, total, rows
        self.ignored: Sequence[str] = ()

    def batches(self) -> Iterator[RawBatch]:
        """As a file's."""
        rows = iter(self._rows)
        while some := list(islice(rows, AT_ONCE)):
            places = [place for place, _row in some]
            yield RawBatch(places, {name: [row.get(name) for _place, row in some] for name in self.fields})


class BadFile(Exception):
    """The file as a whole cannot be imported; `text` and `facts` say why, to whoever has it."""

    def __init__(self, text: str, **facts: str | int) -> None:
        super().__init__(text)
        self.text, self.facts = text, facts


class Judge:
    """Holds batches against a layout."""

    def __init__(self, layout: Layout, fields: Sequence[str]) -> None:
        self._columns = {name: layout.fields[name] for name in fields}
        missing = [each.headings[0] for each in layout.columns if each.required and each.field not in fields]
        if missing:
            raise BadFile(texts.MISSING_COLUMNS, columns="、".join(missing))
        self._checks = {name: ColumnCheck(column) for name, column in self._columns.items()}

    def __call__(self, raw: RawBatch) -> RowBatch:
        """The rows that are right, and what is wrong with the others. All mistakes of a row are told."""
        batch = RowBatch(raw.places, {}, list(raw.refused), {each.place for each in raw.refused})
        problems: dict[str, dict[int, Wrong]] = {}
        for name, check in self._checks.items():
            checked = check(raw.columns[name])
            batch.columns[name] = checked.values
            if checked.wrong:
                problems[name] = checked.wrong
        self._check_ids(batch, problems)
        if problems:
            self._take_out(batch, problems)
        return batch

    def _check_ids(self, batch: RowBatch, problems: dict[str, dict[int, Wrong]]) -> None:
        """Numbers of ID cards, where the type of the document says that they are such."""
        for name, column in self._columns.items():
            if column.check == "resident_id":
                types = batch.columns.get("id_type")
                asked = [each == RESIDENT_ID for each in types] if types else [True] * len(batch.places)
                asked = [each and at not in problems.get(name, {}) for at, each in enumerate(asked)]
                if found := check_resident_ids(batch.columns[name], asked):
                    problems.setdefault(name, {}).update(found)

    def _take_out(self, batch: RowBatch, problems: dict[str, dict[int, Wrong]]) -> None:
        """In the order of the rows, not of the columns."""
        ways = {at for wrong in problems.values() for at in wrong}
        for at in sorted(ways):
            for name, wrong in problems.items():
                if why := wrong.get(at):
                    heading = self._columns[name].headings[0]
                    batch.findings.append(Mistake(batch.places[at], heading, why.text, why.facts))
        batch.take_out(ways)
