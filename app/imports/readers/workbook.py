"""xlsx, by calamine: strings, numbers, dates as they are stored; merged cells are named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from app.imports import texts
from app.imports.cell_rules import Cell
from app.imports.readers.sheet import Line, Open, SourceSheet
from app.imports.row_rules import BadFile

Corner = tuple[int, int]
Ranges = Sequence[tuple[Corner, Corner]]
LETTERS = 26
MOST_MERGED = 10_000  # rows that are named


def sheets_of(open_file: Open) -> list[SourceSheet]:
    """Every sheet that has anything. Raises BadFile."""
    try:
        with open_file() as file:
            book = CalamineWorkbook.from_filelike(file)
        found = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise BadFile(texts.BROKEN_FILE) from error
    return [_sheet(each) for each in found if each.total_height]


def _sheet(sheet: CalamineSheet) -> SourceSheet:
    def rows() -> Iterator[Line]:
        for _ in range(sheet.start[0] if sheet.start else 0):
            yield []
        left = [None] * (sheet.start[1] if sheet.start else 0)
        for row in sheet.iter_rows():
            yield [*left, *(_cell(each) for each in row)]

    return SourceSheet(sheet.name, rows, sheet.total_height, _merged(sheet.merged_cell_ranges or ()))


def _cell(value: Any) -> Cell:
    match value:
        case str() | float() | None:
            return value
        case bool():
            return "是" if value else "否"
        case int():
            return float(value)
        case datetime():
            return value
        case date():
            return datetime(value.year, value.month, value.day)  # noqa: DTZ001 — a day has no zone
    return str(value)


def _merged(ranges: Ranges) -> dict[int, tuple[str, str]]:
    """Row → that it is part of a merged range."""
    broken: dict[int, tuple[str, str]] = {}
    for (top, left), (bottom, right) in ranges:
        words = f"{_letters(left)}{top + 1}:{_letters(right)}{bottom + 1}"
        for row in range(top, bottom + 1):
            if len(broken) < MOST_MERGED:
                broken.setdefault(row + 1, (texts.MERGED, words))
    return broken


def _letters(column: int) -> str:
    """0 → A, 26 → AA."""
    words = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, LETTERS)
        words = chr(ord("A") + rest) + words
    return words
