"""The way to the population register (公安人口库), whatever stands behind it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from app.base.database import Database
from app.register.model import RegisterEntry
from app.register.queries import entry_of, is_empty
from app.register.rules import Outcome, Person, compare


class Unreachable(Exception):
    """The register cannot be asked now. It says nothing about anybody; one asks again later."""


class Register(Protocol):
    """Knows who people are. May take seconds: never ask it inside a transaction."""

    def compare(self, person: Person) -> Outcome:
        """Whether the register knows just this person. Raises Unreachable."""
        ...


class LocalRegister:
    """The copy that an operator imported; before there is one, nobody can be compared."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def compare(self, person: Person) -> Outcome:
        """By the table; Unreachable while it is empty."""
        with self._db.reading() as session:
            if is_empty(session):
                raise Unreachable("nobody has imported a register yet")
            return compare(person, _person(entry_of(session, person.id_number)))


class Outage:
    """For the demo: a register that is never reached for a few people."""

    def __init__(self, register: Register, numbers: Collection[str]) -> None:
        self._register, self._numbers = register, numbers

    def compare(self, person: Person) -> Outcome:
        """As the register says, except for those few."""
        if person.id_number in self._numbers:
            raise Unreachable("the demo plays an outage")
        return self._register.compare(person)


def _person(entry: RegisterEntry | None) -> Person | None:
    return Person(entry.name, entry.sex, entry.born_on, entry.id_number) if entry else None
