"""dbf, as examination offices write it: records of a fixed width, in cp936. The library `dbf` needs 46 s for 50,000."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from app.imports import texts
from app.imports.cell_rules import Cell
from app.imports.readers.sheet import Line, Open, SourceSheet
from app.imports.row_rules import BadFile

HEAD, FIELD, END = 32, 32, 0x0D
USUAL = "gb18030"  # has all of cp936
TEXTS = "CDNFL"  # types of fields that hold text; others are binary, or stand in a file of their own
EXACT = 10**15  # smaller numbers can have lost zeros at their beginning, larger ones are numbers of somebody
READ_AT_ONCE = 2000  # records
DELETED = ord("*")
GARBLED = "\ufffd"  # what a cell holds that is no text, or not here; the cell's own check names it


@dataclass(frozen=True)
class _Head:
    records: int
    begins: int
    size: int
    fields: tuple[tuple[bytes, str, int, int], ...]  # name, type, where it begins and ends in a record


def sheets_of(open_file: Open) -> list[SourceSheet]:
    """The one table; its first row are the names of the fields. Raises BadFile."""
    with open_file() as file:
        head = _head(file)
        encoding = _encoding(file.read(head.size * min(head.records, READ_AT_ONCE)), head)

    def rows() -> Iterator[Line]:
        yield [name.decode(encoding, "replace").strip() for name, *_ in head.fields]
        with open_file() as file:
            file.read(head.begins)
            yield from _records(file, head, encoding)

    return [SourceSheet("", rows, head.records + 1)]


def _head(file: BinaryIO) -> _Head:
    """Raises BadFile."""
    first = file.read(HEAD)
    records, begins, size = struct.unpack("<IHH", first[4:12])
    described, fields, at = file.read(begins - HEAD), [], 1
    for start in range(0, len(described) - FIELD + 1, FIELD):
        field = described[start : start + FIELD]
        if field[0] == END:
            break
        width = field[16]
        fields.append((field[:11].partition(b"\0")[0], chr(field[11]), at, at + width))
        at += width
    if not fields or at != size or len(described) != begins - HEAD:
        raise BadFile(texts.BROKEN_FILE)
    return _Head(records, begins, size, tuple(fields))


def _encoding(records: bytes, head: _Head) -> str:
    """UTF-8 when all that is beyond ASCII in these records, and there is something, is Chinese in it."""
    texts_at = [(a, z) for _name, kind, a, z in head.fields if kind == "C"]
    starts = range(0, len(records), head.size)
    cells = [cell for start in starts for a, z in texts_at if not (cell := records[start + a : start + z]).isascii()]
    return "utf-8" if cells and all(map(_is_utf_8, cells)) else USUAL


def _is_utf_8(cell: bytes) -> bool:
    """A full cell may end in the middle of a character."""
    decoder, is_full = codecs.getincrementaldecoder("utf-8")(), cell[-1:] not in (b" ", b"\0")
    try:
        return any(each >= "\u3400" for each in decoder.decode(cell.rstrip(b" \0"), final=not is_full))
    except UnicodeDecodeError:
        return False


def _records(file: BinaryIO, head: _Head, encoding: str) -> Iterator[Line]:
    """Deleted ones are empty rows, so that numbers stay right. Raises BadFile when there are fewer than is said."""
    left = head.records
    while left:
        block = file.read(head.size * min(left, READ_AT_ONCE))
        for start in range(0, len(block) - head.size + 1, head.size):
            record = block[start : start + head.size]
            yield [] if record[0] == DELETED else [_cell(record[a:z], kind, encoding) for _n, kind, a, z in head.fields]
            left -= 1
        if len(block) % head.size or not block:
            raise BadFile(texts.CUT_OFF, said=head.records, found=head.records - left)


def _cell(raw: bytes, kind: str, encoding: str) -> Cell:
    raw = raw.strip(b" \0")
    if not raw:
        return ""
    try:
        text = raw.decode(encoding) if kind in TEXTS else GARBLED
    except UnicodeDecodeError:
        return GARBLED
    if kind == "L":
        return {"T": "是", "Y": "是", "F": "否", "N": "否"}.get(text.upper(), "")
    return _number(text) if kind in "NF" else text


def _number(text: str) -> Cell:
    """As a spreadsheet has it, so that zeros that are not there are missed."""
    try:
        number = float(text)
    except ValueError:
        return text
    return number if abs(number) < EXACT else text
