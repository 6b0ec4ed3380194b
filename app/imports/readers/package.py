"""What calamine does not tell of an xlsx: how large it is unpacked, and which cells hold the error of a formula.

Calamine makes such a cell empty, and a list would lose in silence what its formula did not find.
"""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from app.imports import texts
from app.imports.row_rules import BadFile

MOST_UNPACKED = 1 << 30  # bytes: a million rows have less
PIECE, CELL = 1 << 20, 1 << 13  # bytes read at once; no cell with an error is longer than CELL
MOST_ERRORS = 10_000
BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
TAG = re.compile(rb"<(?:\w+:)?(?:sheet|Relationship)\s([^>]*)>")
ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*["']([^"']*)["']""")
FAILED = re.compile(
    rb"""<(?:\w+:)?c\s(?P<said>[^>]*?\bt=["']e["'][^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>(?P<value>[^<]*)<""", re.S
)
PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
Errors = dict[int, dict[int, str]]  # row → column → the error, both counted from 0


def errors_of(file: BinaryIO) -> dict[str, Errors]:
    """The cells with errors, by the name of the sheet. Every part is read to its end and held against its checksum.

    Raises BadFile.
    """
    try:
        with zipfile.ZipFile(file) as book:
            parts = {each.filename: each.file_size for each in book.infolist()}
            if BOOK not in parts:
                raise BadFile(texts.NOT_A_TABLE)
            if sum(parts.values()) > MOST_UNPACKED:
                raise BadFile(texts.UNPACKS_TOO_LARGE, most=MOST_UNPACKED >> 20)
            found = {part: _errors(_pieces(book, part)) for part in parts if part.endswith(".xml")}
            return {name: found.get(part, {}) for name, part in _sheets(book).items()}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, KeyError, RuntimeError) as error:
        raise BadFile(texts.BROKEN_FILE) from error


def _pieces(book: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Each with the end of the one before, so that none cuts a cell."""
    before = b""
    with book.open(part) as file:
        while piece := file.read(PIECE):
            yield before + piece
            before = piece[-CELL:]


def _errors(pieces: Iterator[bytes]) -> Errors:
    errors: Errors = {}
    for piece in pieces:
        if b'"e"' not in piece and b"'e'" not in piece:
            continue
        for cell in FAILED.finditer(piece):
            place = PLACE.search(cell["said"])
            if place is None or sum(map(len, errors.values())) > MOST_ERRORS:
                raise BadFile(texts.FORMULA_ERROR, value=cell["value"].decode("utf-8", "replace"))
            errors.setdefault(int(place[2]) - 1, {})[_column(place[1])] = cell["value"].decode("utf-8", "replace")
    return errors


def _column(letters: bytes) -> int:
    """A → 0, AA → 26."""
    at = 0
    for letter in letters:
        at = at * 26 + letter - 64
    return at - 1


def _sheets(book: zipfile.ZipFile) -> dict[str, str]:
    """The name of each sheet → its part."""
    parts = {
        link["Id"]: posixpath.normpath(posixpath.join("/xl", link["Target"])).lstrip("/")
        for link in _tags(book, LINKS)
        if {"Id", "Target"} <= link.keys()
    }
    sheets = _tags(book, BOOK)
    linked = [(each.get("name", ""), next((each[key] for key in each if key.endswith(":id")), "")) for each in sheets]
    return {html.unescape(name): parts.get(link, "") for name, link in linked}


def _tags(book: zipfile.ZipFile, part: str) -> list[dict[str, str]]:
    tags = TAG.findall(book.read(part))
    return [dict(ATTRIBUTE.findall(each.decode("utf-8", "replace"))) for each in tags]
