"""What one cell says, by the type of its column. Each parser gets what is not empty, or raises Wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import TypeAlias

from app.base.clock import SHANGHAI
from app.base.errors import Fact
from app.imports import texts
from app.imports.layout_rules import Column

Cell: TypeAlias = "str | float | date | datetime"
Value: TypeAlias = "str | int | bool"
SHOWN = 30  # characters of a wrong value that are shown
EXACT = 10**15  # beyond this a spreadsheet has lost the last digits
SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]+")
DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))", re.ASCII)
AT_MIDNIGHT = re.compile(r"(.+?)[ T]0{1,2}:00(:00(\.0+)?)?", re.ASCII)
MONTH = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})月?|(\d{2}))", re.ASCII)
MOMENT = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T](\d{1,2}):(\d{2})(?::00)?", re.ASCII)
SERIAL = re.compile(r"[1-9][0-9]{4}(\.[0-9]+)?")
FIRST_YEAR, LAST_YEAR = 1900, 2100
YES, NO = ("是", "1", "Y", "合格", "TRUE"), ("否", "0", "N", "不合格", "FALSE")


class Wrong(Exception):
    """What is wrong with a cell, in words for whoever has the file; `facts` fill their places."""

    def __init__(self, text: str, facts: Mapping[str, Fact] | None = None) -> None:
        super().__init__(text)
        self.text, self.facts = text, dict(facts or {})


def shown(value: Cell) -> str:
    """A value as a message shows it: never longer than SHOWN."""
    if isinstance(value, float) and value.is_integer():
        value = f"{value:.2E}" if abs(value) >= EXACT else str(int(value))
    words = str(value)
    return words if len(words) <= SHOWN else words[:SHOWN] + "…"


def _is_wide(text: str) -> bool:
    """Whether it is written with full-width letters or digits."""
    return any("\uff01" <= each <= "\uff5e" for each in text)


def _plain(cell: Cell) -> str:
    """A value as one would type it."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def text(cell: Cell, _column: Column) -> str:
    """Anything."""
    if isinstance(cell, float) and abs(cell) >= EXACT:
        raise Wrong(texts.SCIENTIFIC, {"value": shown(cell)})
    return _plain(cell)


def identifier(cell: Cell, column: Column) -> str:
    """The number of a document, a person, a course: digits and letters, all of them, leading zeros too."""
    if isinstance(cell, float | date):
        return _from_number(cell, column)
    facts = {"value": shown(cell)}
    if SCIENTIFIC.fullmatch(cell):
        raise Wrong(texts.SCIENTIFIC, facts)
    if _is_wide(cell):
        raise Wrong(texts.FULL_WIDTH, facts)
    if column.digits and not (cell.isascii() and cell.isdigit()):
        raise Wrong(texts.NOT_DIGITS, facts)
    least = column.digits or column.shortest
    if len(cell) < least and cell.isdigit() and not (column.digits and cell.startswith("0")):
        raise Wrong(texts.TOO_SHORT, facts | {"length": len(cell), "shortest": least})
    if column.digits and len(cell) != column.digits:
        raise Wrong(texts.WRONG_DIGITS, facts | {"digits": column.digits})
    if not re.fullmatch(r"[0-9A-Za-z()\-]+", cell):
        raise Wrong(texts.NOT_AN_ID, facts)
    return cell.upper()


def _from_number(cell: Cell, column: Column) -> str:
    """A spreadsheet made a number of it: right only where it can have lost nothing."""
    facts = {"value": shown(cell)}
    if not isinstance(cell, float):
        raise Wrong(texts.NOT_AN_ID, facts)
    if abs(cell) >= EXACT:
        raise Wrong(texts.SCIENTIFIC, facts)
    words = _plain(cell)
    if column.digits and len(words) == column.digits and words.isdigit():
        return words
    raise Wrong(texts.LOST_ZEROS, facts)


def choice(cell: Cell, column: Column) -> str:
    """One of a vocabulary, or its code."""
    words = _plain(cell)
    found = column.codes.get(words, words)
    if found not in column.choices:
        raise Wrong(texts.NOT_ONE_OF, {"value": shown(words), "choices": "、".join(column.choices[:12])})
    return found


def day(cell: Cell, _column: Column) -> str:
    """A date, as 1999-04-12; of people who may be alive, and their papers."""
    if isinstance(cell, date):
        return _date(f"{cell:%Y-%m-%d}", cell.year, cell.month, cell.day)
    words = _plain(cell)
    if found := AT_MIDNIGHT.fullmatch(words):
        words = found[1]
    if found := DATE.fullmatch(words):
        year, *rest = (int(each) for each in found.groups() if each)
        return _date(words, year, *rest)
    raise Wrong(texts.DATE_AS_NUMBER if SERIAL.fullmatch(words) else texts.NOT_A_DATE, {"value": shown(words)})


def _date(words: str, year: int, month: int, number: int) -> str:
    try:
        found = date(year, month, number)
    except ValueError:
        raise Wrong(texts.NOT_A_DATE, {"value": shown(words)}) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Wrong(texts.WRONG_YEAR, {"value": shown(words), "first": FIRST_YEAR, "last": LAST_YEAR})
    return found.isoformat()


def month(cell: Cell, _column: Column) -> str:
    """A month, as 202404."""
    if isinstance(cell, date):
        return f"{cell:%Y%m}"
    words = _plain(cell)
    if found := MONTH.fullmatch(words):
        year, number = (int(each) for each in found.groups() if each)
        if 1 <= number <= 12 and 1980 <= year <= 2100:
            return f"{year}{number:02d}"
    raise Wrong(texts.DATE_AS_NUMBER if SERIAL.fullmatch(words) else texts.NOT_A_MONTH, {"value": shown(words)})


def moment(cell: Cell, _column: Column) -> str:
    """A time in Guangdong, to the minute; kept as naive UTC, as the database does."""
    if isinstance(cell, datetime):
        return _utc(cell)
    words = _plain(cell)
    found = MOMENT.fullmatch(words)
    try:
        return _utc(datetime(*(int(each) for each in (found.groups() if found else ()))))  # type: ignore[arg-type]  # noqa: DTZ001
    except (ValueError, TypeError):
        raise Wrong(texts.NOT_A_MOMENT, {"value": shown(words)}) from None


def _utc(naive: datetime) -> str:
    return f"{naive.replace(tzinfo=SHANGHAI).astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def number(cell: Cell, _column: Column) -> int:
    """0 or more."""
    words = _plain(cell)
    if not re.fullmatch(r"[0-9]{1,6}", words, re.ASCII):
        raise Wrong(texts.NOT_A_NUMBER, {"value": shown(words)})
    return int(words)


def score(cell: Cell, column: Column) -> str:
    """As it is printed: 76, 76.5, 合格."""
    words = _plain(cell)
    if words in column.choices or re.fullmatch(r"(100|[0-9]{1,2}(\.[0-9])?)", words, re.ASCII):
        return words
    raise Wrong(texts.NOT_A_SCORE, {"value": shown(words)})


def flag(cell: Cell, _column: Column) -> bool:
    """是 or 否."""
    words = _plain(cell).upper()
    if words not in (*YES, *NO):
        raise Wrong(texts.NOT_YES_OR_NO, {"value": shown(words)})
    return words in YES


PARSERS: dict[str, Callable[[Cell, Column], Value]] = {
    "text": text,
    "id": identifier,
    "choice": choice,
    "date": day,
    "month": month,
    "moment": moment,
    "number": number,
    "score": score,
    "flag": flag,
}
