"""Writing a list as xlsx, csv or dbf: every cell is a text, and none becomes a formula.

What dbf cannot hold (a character that cp936 lacks, a text that is longer than its column) is noted for a list of its
own, so that nobody's name is changed in silence.
"""

from __future__ import annotations

import csv
import io
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Protocol

import xlsxwriter

from app.base.errors import N_
from app.exports.layout_rules import ExportLayout, ListColumn, ListFormat

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # full-width ones in some Excel
BOM = b"\xef\xbb\xbf"
CP936, LACKS = "gbk", b"??"
MEMORY = Path("/dev/shm")  # noqa: S108 — xlsxwriter's rows wait here: in memory, on no disk
NOT_IN_CP936 = N_("cp936 没有的字，已写成 ??")
TOO_LONG = N_("比列宽长，后面的字没有写入")
EMPTY = N_("必填，但没有内容")
WIDTHS = (8, 60)


@dataclass(frozen=True)
class LostCell:
    """A cell that does not say what is known: whose (准考证号, name), which column, the whole text, why."""

    exam_number: str
    name: str
    column: str
    text: str
    reason: str


def empty_cells(layout: ExportLayout, facts: Mapping[str, str]) -> list[LostCell]:
    """The cells of a row that have to be filled in, and are not."""
    bare = [column.heading for column in layout.columns if column.required and not column.text(facts).strip()]
    return [LostCell(facts["exam_number"], facts["name"], heading, "", EMPTY) for heading in bare]


class ListWriter(Protocol):
    """Takes rows, one after the other, then gives the bytes; `notes` are the cells that lost something."""

    notes: list[LostCell]

    def add(self, facts: Mapping[str, str]) -> None:
        """A row."""

    def finish(self) -> bytes:
        """The whole file."""

    def close(self) -> None:
        """Nobody wants it any more."""


def writer_for(layout: ExportLayout, kind: ListFormat) -> ListWriter:
    """What writes a list in this layout and format."""
    writers: dict[ListFormat, Callable[[ExportLayout], ListWriter]]
    writers = {ListFormat.XLSX: XlsxWriter, ListFormat.CSV: CsvWriter, ListFormat.DBF: DbfWriter}
    return writers[kind](layout)


def csv_of(rows: Sequence[Sequence[str]]) -> bytes:
    """A small table as csv with BOM, safe to open."""
    out = io.StringIO()
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return BOM + out.getvalue().encode()


def joined(lines: Iterable[str]) -> bytes:
    """Lines as UTF-8; only the whole is ever in memory."""
    with io.BytesIO() as out:
        out.writelines(map(str.encode, lines))
        return out.getvalue()


def harmless(text: str) -> str:
    """The text; what a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


class XlsxWriter:
    """xlsx: one sheet, headings that stay in sight, each cell written as a text."""

    def __init__(self, layout: ExportLayout) -> None:
        self.notes: list[LostCell] = []
        self._columns, self._row, self._out = layout.columns, 0, io.BytesIO()
        options = {"constant_memory": True, "tmpdir": str(MEMORY) if MEMORY.is_dir() else None}
        self._book = xlsxwriter.Workbook(self._out, options)
        self._sheet = self._book.add_worksheet("Sheet1")
        bold = self._book.add_format({"bold": True})
        self._text = self._book.add_format({"num_format": "@"})
        for place, column in enumerate(layout.columns):
            self._sheet.set_column(place, place, min(max(column.width, WIDTHS[0]), WIDTHS[1]))
            self._sheet.write_string(0, place, column.heading, bold)
        self._sheet.freeze_panes(1, 0)

    def add(self, facts: Mapping[str, str]) -> None:
        """A row."""
        self._row += 1
        for place, column in enumerate(self._columns):
            self._sheet.write_string(self._row, place, column.text(facts), self._text)

    def finish(self) -> bytes:
        """The whole file."""
        self.close()
        with self._out as out:
            return out.getvalue()

    def close(self) -> None:
        """The files that it works in are closed."""
        if not self._book.fileclosed:
            self._book.close()


class CsvWriter:
    """csv: UTF-8 with BOM, as Excel wants it."""

    def __init__(self, layout: ExportLayout) -> None:
        self.notes: list[LostCell] = []
        self._columns, self._out = layout.columns, io.StringIO()
        self._csv = csv.writer(self._out)
        self._csv.writerow([column.heading for column in layout.columns])

    def add(self, facts: Mapping[str, str]) -> None:
        """A row."""
        self._csv.writerow([harmless(column.text(facts)) for column in self._columns])

    def finish(self) -> bytes:
        """The whole file."""
        return BOM + self._out.getvalue().encode()

    def close(self) -> None:
        """There is nothing to close."""


class DbfWriter:
    """dBASE III as examination offices write it: all fields C, left-aligned, cp936."""

    def __init__(self, layout: ExportLayout) -> None:
        self.notes: list[LostCell] = []
        self._columns, self._rows, self._out = layout.columns, 0, io.BytesIO()

    def add(self, facts: Mapping[str, str]) -> None:
        """A row."""
        self._rows += 1
        self._out.write(b" " + b"".join(self._cell(column, facts) for column in self._columns))

    def finish(self) -> bytes:
        """The whole file."""
        fields = b"".join(_described(column) for column in self._columns)
        size = 1 + sum(column.width for column in self._columns)
        # Version, a fixed day of change, rows, bytes of head and of a row; 0x4d: the code page is 936.
        head = struct.pack("<B3BIHH17xB2x", 3, 120, 1, 1, self._rows, 32 + len(fields) + 1, size, 0x4D)
        return head + fields + b"\r" + self._out.getvalue() + b"\x1a"

    def close(self) -> None:
        """There is nothing to close."""

    def _cell(self, column: ListColumn, facts: Mapping[str, str]) -> bytes:
        text = column.text(facts)
        letters, lacking = _in_cp936(text)
        kept = _fitting(letters, column.width)
        if lacking:
            self._note(column, facts, text, NOT_IN_CP936)
        if len(kept) < sum(map(len, letters)):
            self._note(column, facts, text, TOO_LONG)
        return kept.ljust(column.width)

    def _note(self, column: ListColumn, facts: Mapping[str, str], text: str, reason: str) -> None:
        self.notes.append(LostCell(facts["exam_number"], facts["name"], column.heading, text, reason))


def _in_cp936(text: str) -> tuple[list[bytes], bool]:
    """Each character encoded, all of them as one piece where nothing is special; whether one is not in cp936."""
    try:
        return [text.encode(CP936)], False
    except UnicodeEncodeError:
        return [letter.encode(CP936) if _is_in_cp936(letter) else LACKS for letter in text], True


def _is_in_cp936(letter: str) -> bool:
    try:
        return bool(letter.encode(CP936))
    except UnicodeEncodeError:
        return False


def _fitting(letters: list[bytes], width: int) -> bytes:
    """As many whole characters as the column takes."""
    whole = b"".join(letters)
    if len(whole) <= width:
        return whole
    pieces = [letter.encode(CP936) for letter in whole.decode(CP936)] if len(letters) == 1 else letters
    ends = [end for end in accumulate(map(len, pieces)) if end <= width]
    return whole[: ends[-1]] if ends else b""


def _described(column: ListColumn) -> bytes:
    return column.heading.encode("ascii").ljust(11, b"\0") + b"C" + b"\0" * 4 + bytes((column.width, 0)) + b"\0" * 14
