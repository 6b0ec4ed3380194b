"""dbf, as examination offices write it: records of a fixed width, in cp936. The library `dbf` needs 46 s for 50,000."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from app.imports import texts
from app.imports.readers.sheet import Line, Open, SourceSheet
from app.imports.row_rules import BadFile

HEAD, FIELD, END = 32, 32, 0x0D
ENCODING = "gb18030"  # has all of cp936
READ_AT_ONCE = 2000  # records
DELETED = ord("*")
GARBLED = "\ufffd"  # what a cell holds that is no text; the cell's own check names it


@dataclass(frozen=True)
class _Head:
    records: int
    begins: int
    size: int
    fields: tuple[tuple[str, str, int, int], ...]  # name, type, where it begins and ends in a record


def sheets_of(open_file: Open) -> list[SourceSheet]:
    """The one table; its first row are the names of the fields. Raises BadFile."""
    with open_file() as file:
        head = _head(file)

    def rows() -> Iterator[Line]:
        yield [name for name, *_ in head.fields]
        with open_file() as file:
            file.read(head.begins)
            yield from _records(file, head)

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
        name, width = field[:11].partition(b"\0")[0].decode(ENCODING, "replace").strip(), field[16]
        fields.append((name, chr(field[11]), at, at + width))
        at += width
    if not fields or at != size or len(described) != begins - HEAD:
        raise BadFile(texts.BROKEN_FILE)
    return _Head(records, begins, size, tuple(fields))


def _records(file: BinaryIO, head: _Head) -> Iterator[Line]:
    """Deleted ones are empty rows, so that numbers stay right. Raises BadFile when there are fewer than is said."""
    left = head.records
    while left:
        block = file.read(head.size * min(left, READ_AT_ONCE))
        for start in range(0, len(block) - head.size + 1, head.size):
            record = block[start : start + head.size]
            yield [] if record[0] == DELETED else [_cell(record[a:z], kind) for _name, kind, a, z in head.fields]
            left -= 1
        if len(block) % head.size or not block:
            raise BadFile(texts.CUT_OFF, said=head.records, found=head.records - left)


def _cell(raw: bytes, kind: str) -> str:
    raw = raw.strip(b" \0")
    if kind in "MGBP" or not raw:
        return ""
    try:
        text = raw.decode(ENCODING)
    except UnicodeDecodeError:
        return GARBLED
    if kind == "L":
        return {"T": "是", "Y": "是", "F": "否", "N": "否"}.get(text.upper(), "")
    return text
