"""csv and text with tabs: UTF-8 with or without a mark, GB18030 (and so cp936), UTF-16 as spreadsheets write it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress

from app.imports import texts
from app.imports.readers.sheet import Line, Open, SourceSheet
from app.imports.row_rules import BadFile

PIECE = 1 << 20
BEGIN, LINES = 1 << 14, 10  # characters and lines that tell by what cells are parted
NAMES = {"utf-8": "UTF-8", "gb18030": "GB18030", "utf-16": "UTF-16"}
DELIMITERS = ",\t;|"


def sheets_of(open_file: Open) -> list[SourceSheet]:
    """The one table. Raises BadFile when no encoding fits."""
    encoding, lines, begin = _look(open_file)
    delimiter = max(DELIMITERS, key=lambda each: max(line.count(each) for line in begin))  # titles have none, or few

    def rows() -> Iterator[Line]:
        with io.TextIOWrapper(open_file(), encoding, newline="") as text:
            reader = csv.reader(text, delimiter=delimiter, strict=True)
            try:
                yield from reader
            except csv.Error as error:
                raise BadFile(texts.BROKEN_CSV, row=_broken_at(open_file, encoding, delimiter)) from error

    return [SourceSheet("", rows, lines)]


def _broken_at(open_file: Open, encoding: str, delimiter: str) -> int:
    """The line in which the broken row begins: an open quote is only noticed at the end of the file."""
    begins = 1
    with io.TextIOWrapper(open_file(), encoding, newline="") as text, suppress(csv.Error):
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        for _row in reader:
            begins = reader.line_num + 1
    return begins


def _look(open_file: Open) -> tuple[str, int, Sequence[str]]:
    """The encoding, how many lines there are, and the first of them. Raises BadFile."""
    with open_file() as file:
        begin = file.read(1 << 16)
    if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return _decoded(open_file, "utf-16")
        except _Undecoded as error:
            raise BadFile(texts.BROKEN_FILE) from error
    if b"\0" in begin:
        raise BadFile(texts.NOT_A_TABLE)
    try:
        return _decoded(open_file, "utf-8-sig")
    except _Undecoded as error:
        if error.surely:
            raise BadFile(texts.BROKEN_ENCODING, row=error.line, encoding=NAMES["utf-8"]) from None
    try:
        return _decoded(open_file, "gb18030")
    except _Undecoded as error:
        raise BadFile(texts.BROKEN_ENCODING, row=error.line, encoding=NAMES["gb18030"]) from None


class _Undecoded(Exception):
    """In this line is no text of the encoding; `surely`: the first line is Chinese in it, so that it was meant."""

    def __init__(self, line: int, first: str) -> None:
        super().__init__(line)
        self.line, self.surely = line, line > 1 and any("\u4e00" <= each <= "\u9fff" for each in first)


def _decoded(open_file: Open, encoding: str) -> tuple[str, int, Sequence[str]]:
    decoder = codecs.getincrementaldecoder(encoding)()
    lines, begin = 1, ""
    with open_file() as file:
        while piece := file.read(PIECE):
            try:
                text = decoder.decode(piece)
            except UnicodeDecodeError as error:
                before = error.object[: error.start].decode(encoding, "replace")
                raise _Undecoded(lines + _ends(before), _first(begin or before)[0]) from None
            begin = begin or text
            lines += _ends(text)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise _Undecoded(lines, _first(begin)[0]) from None
    return encoding, lines, _first(begin)


def _ends(text: str) -> int:
    """Ends of lines, as any system writes them."""
    return text.count("\n") or text.count("\r")


def _first(text: str) -> Sequence[str]:
    return text[:BEGIN].splitlines()[:LINES] or [""]
