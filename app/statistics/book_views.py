"""All tables as a workbook: numbers as numbers, texts as texts, nothing that a spreadsheet could run."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from app.statistics.table_rules import Cell, FigureTable

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDTHS = (30, 16)  # characters of the first column, and of the others


def workbook(tables: Sequence[FigureTable], about: str) -> bytes:
    """A sheet each, begun by what it is about."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, OPTIONS) as book:
        bold = book.add_format({"bold": True})
        for table in tables:
            sheet = book.add_worksheet(table.sheet)
            sheet.set_column(0, 0, WIDTHS[0])
            sheet.set_column(1, max(1, len(table.heads) - 1), WIDTHS[1])
            sheet.freeze_panes(3, table.names)
            sheet.write_string(0, 0, f"{table.caption} · {about}", bold)
            _line(sheet, 2, table.heads)
            for number, row in enumerate(table.rows, 3):
                _line(sheet, number, (row.label, *row.cells))
            for number, note in enumerate(table.notes if table.rows else (table.empty,), 4 + len(table.rows)):
                sheet.write_string(number, 0, note)
    return made.getvalue()


def _line(sheet: Worksheet, number: int, cells: Sequence[Cell]) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.write_string(number, column, cell)
        else:
            sheet.write_number(number, column, cell)
