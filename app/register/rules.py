"""How a candidate is compared with the population register, without a database."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_DOTS = re.compile(r"[\s·•‧・.]")
_CHECKS = "10X98765432"


class Outcome(StrEnum):
    """What the register says about somebody; an action of the workflow has the same name."""

    MATCH = "match"
    MISMATCH = "mismatch"


@dataclass(frozen=True)
class Person:
    """What is compared."""

    name: str
    sex: str
    born_on: date
    id_number: str


def compare(asked: Person, known: Person | None) -> Outcome:
    """Whether the register knows just this person under a valid number."""
    same = known is not None and is_valid(asked.id_number) and _essence(asked) == _essence(known)
    return Outcome.MATCH if same else Outcome.MISMATCH


def is_valid(id_number: str) -> bool:
    """Whether an ID number has eighteen characters of which the last follows from the others (GB 11643)."""
    if not re.fullmatch(r"[0-9]{17}[0-9Xx]", id_number):
        return False
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(id_number[:17]))
    return id_number[17].upper() == _CHECKS[total % 11]


def _essence(person: Person) -> tuple[str, str, date, str]:
    name = _DOTS.sub("", unicodedata.normalize("NFKC", person.name)).casefold()
    return name, person.sex.strip(), person.born_on, person.id_number.upper()
