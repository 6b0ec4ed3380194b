"""A file as a source of rows: what it is, which of its sheets is meant, which column is which field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from app.imports import texts
from app.imports.cell_rules import Cell
from app.imports.layout_rules import Layout, plain_heading
from app.imports.readers import dbf_table, text_table, workbook
from app.imports.readers.sheet import Line, Open, SourceSheet, names
from app.imports.report_rules import Mistake
from app.imports.row_rules import AT_ONCE, BadFile, RawBatch

HEADINGS_WITHIN = 10  # rows; above them may stand a title
MOST_COLUMNS = 300
UNKNOWN_SHOWN = 10
ZIP, OLE, OLD_BIFF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x09\x08"
DBF = (0x03, 0x30, 0x31, 0x32, 0x43, 0x83, 0x8B, 0xF5)


@dataclass(frozen=True)
class Headings:
    """Where the headings stand (row number), field → column, and those that no field is for."""

    row: int
    columns: dict[str, int]
    unknown: tuple[str, ...]
    width: int


class FileSource:
    """The rows below the headings of the sheet that fits the layout. Raises BadFile, also while it is read.

    `others`: layouts that somebody may have meant instead.
    """

    def __init__(self, open_file: Open, layout: Layout, others: Iterable[Layout] = ()) -> None:
        self._layout = layout
        self._sheet, self.headings = _choose(_sheets(open_file), layout, others)
        self.fields: Sequence[str] = list(self.headings.columns)
        self.ignored = self.headings.unknown
        self.total = max(0, self._sheet.total - self.headings.row)

    def batches(self) -> Iterator[RawBatch]:
        """Rows in order, with their numbers as a spreadsheet shows them."""
        rows, place, any_row = self._sheet.rows(), self.headings.row + 1, False
        next(islice(rows, self.headings.row, self.headings.row), None)
        while some := list(islice(rows, AT_ONCE)):
            batch = self._batch(some, place)
            any_row = any_row or bool(batch.places or batch.refused)
            place += len(some)
            yield batch
        if not any_row:
            raise BadFile(texts.NO_ROWS)

    def _batch(self, some: list[Line], place: int) -> RawBatch:
        width, refused, empty = self.headings.width, list[Mistake](), 0
        places = list(range(place, place + len(some)))
        if not all(map(any, some)) or set(map(len, some)) != {width} or self._sheet.broken:
            filled = [(at, row) for at, row in zip(places, some, strict=True) if not _is_blank(row)]
            empty = len(some) - len(filled)
            refused = [found for at, row in filled if (found := self._broken(at, row))]
            out = {each.place for each in refused}
            places = [at for at, _row in filled if at not in out]
            some = [_fitted(row, width) for at, row in filled if at not in out]
        columns: list[Sequence[Cell]] = list(zip(*some, strict=True)) if some else [()] * width
        return RawBatch(places, {name: columns[at] for name, at in self.headings.columns.items()}, refused, empty)

    def _broken(self, place: int, row: Line) -> Mistake | None:
        if place in self._sheet.broken:
            text, words = self._sheet.broken[place]
            return Mistake(place, "", text, {"range": words})
        extra = len(row) - self.headings.width
        if extra > 0 and not _is_blank(row[self.headings.width :]):
            return Mistake(place, "", texts.MORE_CELLS, {"count": extra})
        return None


def _sheets(open_file: Open) -> list[SourceSheet]:
    """By the first bytes."""
    with open_file() as file:
        first = file.read(32)
    if not first.strip():
        raise BadFile(texts.EMPTY_FILE)
    if first.startswith((OLE, OLD_BIFF)):
        raise BadFile(texts.OLD_EXCEL)
    if first.startswith(ZIP):
        return workbook.sheets_of(open_file)
    if len(first) == 32 and first[0] in DBF and first[2] <= 12 and first[3] <= 31 and not any(first[12:14]):
        return dbf_table.sheets_of(open_file)
    return text_table.sheets_of(open_file)


def _choose(sheets: Sequence[SourceSheet], layout: Layout, others: Iterable[Layout]) -> tuple[SourceSheet, Headings]:
    """The sheet that has what is needed. Raises BadFile."""
    if not sheets:
        raise BadFile(texts.EMPTY_FILE)
    found = [(each, headings_of(each, layout)) for each in sheets]
    fitting = [(each, headings) for each, headings in found if headings and not missing(headings, layout)]
    if meant := _meant([each for each, _ in fitting or found], layout, others):
        raise BadFile(texts.OTHER_LIST, meant=meant.plain_title, chosen=layout.plain_title)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise BadFile(texts.SEVERAL_SHEETS, sheets=names(each for each, _ in fitting))
    sheet, best = max(found, key=lambda each: len(each[1].columns) if each[1] else 0)
    if best is None:
        raise BadFile(texts.NO_HEADINGS, rows=HEADINGS_WITHIN, heading=layout.columns[0].headings[0])
    lacking = "、".join(missing(best, layout))
    if len(sheets) > 1:
        raise BadFile(texts.WRONG_SHEET, sheets=names(sheets), sheet=sheet.name, columns=lacking)
    if best.unknown:
        unknown = "、".join(best.unknown[:UNKNOWN_SHOWN])
        raise BadFile(texts.MISSING_AND_UNKNOWN, columns=lacking, unknown=unknown)
    raise BadFile(texts.MISSING_COLUMNS, columns=lacking)


def _meant(sheets: Sequence[SourceSheet], layout: Layout, others: Iterable[Layout]) -> Layout | None:
    """A list of another kind: that has all it needs, and all that this layout finds in the sheets too."""
    for other in others:
        for sheet in sheets if other.kind != layout.kind else ():
            with suppress(BadFile):
                here, there = headings_of(sheet, layout), headings_of(sheet, other)
                known = set(here.columns.values()) if here else set()
                if there and not missing(there, other) and known < set(there.columns.values()):
                    return other
    return None


def missing(headings: Headings, layout: Layout) -> list[str]:
    """The required columns that are not there."""
    return [each.headings[0] for each in layout.columns if each.required and each.field not in headings.columns]


def headings_of(sheet: SourceSheet, layout: Layout) -> Headings | None:
    """The row among the first with the most headings; None when none has any. Raises BadFile for a doubled one."""
    known = {plain_heading(words): column.field for column in layout.columns for words in column.headings}
    rows = list(islice(sheet.rows(), HEADINGS_WITHIN))
    said = [[plain_heading(str(cell or "")) for cell in row] for row in rows]
    best = max(range(len(said)), key=lambda at: sum(cell in known for cell in said[at]), default=None)
    if best is None or not any(cell in known for cell in said[best]):
        return None
    if len(said[best]) > MOST_COLUMNS:
        raise BadFile(texts.TOO_MANY_COLUMNS, count=len(said[best]), most=MOST_COLUMNS)
    columns: dict[str, int] = {}
    for at, cell in enumerate(said[best]):
        if (field := known.get(cell)) is None:
            continue
        if field in columns:
            twice = str(rows[best][at])
            raise BadFile(texts.DOUBLED_COLUMN, heading=twice, first=columns[field] + 1, second=at + 1)
        columns[field] = at
    unknown = tuple(
        str(cell) for cell, plain in zip(rows[best], said[best], strict=True) if plain and plain not in known
    )
    return Headings(best + 1, columns, unknown, len(rows[best]))


def _is_blank(row: Line) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row)


def _fitted(row: Line, width: int) -> Line:
    return row[:width] if len(row) >= width else [*row, *([""] * (width - len(row)))]
