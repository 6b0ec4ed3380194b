"""What a cell may hold, and what is made of it: the one place where values of others are judged and normalised.

A whole column of a batch is judged at once: text and numbers of documents by a few calls that run in C, everything else
by its distinct values. What does not pass that way is looked at cell by cell, so that each mistake gets its words.
Nothing is guessed: only blanks around a value are taken away.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias, cast

from app.imports import texts
from app.imports.layout_rules import Column
from app.imports.value_rules import PARSERS, Wrong, shown
from app.register.rules import is_valid

Cell: TypeAlias = "str | float | date | datetime | None"
Value: TypeAlias = "str | int | bool | None"
MEMORY = 100_000  # distinct values that are remembered of a column
GARBAGE = ("\ufffd", "锟斤拷", "烫烫烫")
MISSING_LETTER = "??"  # how a dbf in cp936 writes what cp936 lacks
UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # controls, formats, halves of characters, ends of lines
APOSTROPHES = ("'", "’", "‘", "`")

SUSPICIOUS = (*GARBAGE, *APOSTROPHES, MISSING_LETTER, "#")


@dataclass
class CheckedColumn:
    """Values in the order of the cells; `wrong`: place among them → what is wrong there."""

    values: list[Value]
    wrong: dict[int, Wrong] = field(default_factory=dict)


class ColumnCheck:
    """Judges the cells of one column, batch after batch, and remembers what it has seen."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self._known: dict[Cell, Value] = {}
        self._by_distinct = column.type not in ("text", "id")
        self._parse = PARSERS[column.type]

    def __call__(self, cells: Sequence[Cell]) -> CheckedColumn:
        """What the cells say."""
        if self._by_distinct:
            return self._distinct(cells)
        if (values := self._as_they_are(cells)) is not None:
            return CheckedColumn(values)
        return self._each(cells)

    def _distinct(self, cells: Sequence[Cell]) -> CheckedColumn:
        known = self._known
        bad: dict[Cell, Wrong] = {}
        for cell in set(cells).difference(known):
            try:
                value = self._one(cell)
            except Wrong as wrong:
                bad[cell] = wrong
            else:
                if len(known) > MEMORY:
                    known.clear()
                    return self._each(cells)
                known[cell] = value
        if not bad:
            return CheckedColumn(list(map(known.__getitem__, cells)))
        wrong_at = {at: bad[cell] for at, cell in enumerate(cells) if cell in bad}
        return CheckedColumn([known.get(cell) for cell in cells], wrong_at)

    def _as_they_are(self, cells: Sequence[Cell]) -> list[Value] | None:
        """The cells themselves when every one of them is plainly right; None when they have to be looked at."""
        if set(map(type, cells)) != {str}:
            return None
        words = list(cast("Sequence[str]", cells))
        joined = "".join(words)
        plain = joined.isprintable() and not any(map(joined.count, SUSPICIOUS))
        if not plain or (self.column.required and "" in words):
            return None
        if not joined:
            return list(words)
        if self.column.type == "id":
            return self._numbers(words, joined)
        fits = max(map(len, words)) <= self.column.longest and words == list(map(str.strip, words))
        return list(words) if fits else None

    def _numbers(self, words: list[str], joined: str) -> list[Value] | None:
        column = self.column
        if not joined.isascii() or not joined.isalnum():
            return None
        lengths = set(map(len, words))
        if column.digits:
            return list(words) if lengths == {column.digits} and joined.isdigit() else None
        fits = min(lengths - {0}) >= column.shortest and max(lengths) <= column.longest
        return list(words) if fits and joined == joined.upper() else None

    def _each(self, cells: Sequence[Cell]) -> CheckedColumn:
        checked = CheckedColumn([])
        for at, cell in enumerate(cells):
            try:
                checked.values.append(self._one(cell))
            except Wrong as wrong:
                checked.values.append(None)
                checked.wrong[at] = wrong
        return checked

    def _one(self, cell: Cell) -> Value:
        if isinstance(cell, str):
            cell = cell.strip()
        if cell is None or cell == "":
            if self.column.required:
                raise Wrong(texts.EMPTY)
            return self.column.blank
        if isinstance(cell, str):
            _check_characters(cell)
        value = self._parse(cell, self.column)
        if isinstance(value, str) and len(value) > self.column.longest:
            raise Wrong(texts.TOO_LONG, {"length": len(value), "longest": self.column.longest})
        return value


def _check_characters(text: str) -> None:
    """Raises Wrong for what nobody meant to write."""
    if any(garbage in text for garbage in GARBAGE):
        raise Wrong(texts.GARBLED)
    if MISSING_LETTER in text:
        raise Wrong(texts.LACKS_LETTER, {"value": shown(text)})
    if text.startswith(APOSTROPHES):
        raise Wrong(texts.APOSTROPHE)
    if any(unicodedata.category(each) in UNSEEN for each in text):
        raise Wrong(texts.BAD_CHARACTER)
    if text.startswith("#") and text.rstrip("!?").isupper() and text[-1] in "!?A":
        raise Wrong(texts.FORMULA_ERROR, {"value": shown(text)})


def check_resident_ids(numbers: Sequence[Value], which: Sequence[bool]) -> dict[int, Wrong]:
    """Of these numbers, those that ought to be resident ID numbers and are none."""
    return {
        at: Wrong(texts.NOT_RESIDENT_ID, {"value": shown(str(number))})
        for at, (number, asked) in enumerate(zip(numbers, which, strict=True))
        if asked and not is_valid(str(number))
    }
