"""xlsx, by calamine: strings, numbers, dates as they are stored; merged cells and errors of formulas are named."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from app.imports import texts
from app.imports.cell_rules import Cell
from app.imports.readers.package import Errors, errors_of
from app.imports.readers.sheet import Line, Open, SourceSheet
from app.imports.row_rules import BadFile

Corner = tuple[int, int]
Ranges = Sequence[tuple[Corner, Corner]]
LETTERS = 26
MOST_MERGED = 10_000  # rows that are named


def sheets_of(open_file: Open) -> list[SourceSheet]:
    """Every sheet that has anything, and that whoever made it can see. Raises BadFile."""
    with open_file() as file:
        whole = io.BytesIO(file.read())  # what is sealed can be read from its beginning alone
    errors = errors_of(whole)
    whole.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(whole)
        shown = [each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
        found = [book.get_sheet_by_name(name) for name in shown]
    except (CalamineError, OSError, ValueError) as error:
        raise BadFile(texts.BROKEN_FILE) from error
    return [_sheet(each, errors.get(each.name, {})) for each in found if each.total_height]


def _sheet(sheet: CalamineSheet, errors: Errors) -> SourceSheet:
    def rows() -> Iterator[Line]:
        top, left = sheet.start or (0, 0)
        for _ in range(top):
            yield []
        before = [None] * left
        for at, row in enumerate(sheet.iter_rows(), top):
            line = [*before, *(_cell(each) for each in row)]
            for column, error in errors.get(at, {}).items():
                line[column] = error
            yield line

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
