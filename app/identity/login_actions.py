"""Whether somebody may come in: a name, a password, and what the throttle asks for beside them."""

from __future__ import annotations

from dataclasses import replace

from app.base.database import Database
from app.base.errors import Refused
from app.identity.model import Candidate, Staff
from app.identity.passwords import Passwords
from app.identity.queries import person_named
from app.identity.throttle import Attempt, Proof, Throttle, proof_needed, wrong_login

Person = Candidate | Staff


class Entrance:
    """Lets people in. Waits for a worker process: only to be asked outside of transactions."""

    def __init__(self, db: Database, throttle: Throttle, passwords: Passwords) -> None:
        self._db, self._throttle, self._passwords = db, throttle, passwords

    def asks(self, attempt: Attempt) -> Proof:
        """What the next page of the login asks for; nothing of whoever has no ID number here."""
        asked = self._throttle.asks(attempt)
        return asked if asked and self._number(attempt.name, self._find(attempt.name)) else Proof.NONE

    def admit(self, attempt: Attempt, password: str) -> Person:
        """The person, or Refused: `wrong_login`, `proof_needed` (403), `busy` (503), `too_many` (429).

        Takes as long for a name that does not exist, and for a wrong proof as for a right one with a wrong password.
        """
        asked, person = self._throttle.asks(attempt), self._find(attempt.name)
        number = self._number(attempt.name, person)
        attempt = replace(attempt, guarded=person is not None and person.has_second_factor)
        if asked and number and not attempt.proof:
            raise proof_needed()
        counted = self._throttle.count(attempt, asked, number)
        if counted is None:
            self._passwords.pretend()
        elif self._is_right(person, password, counted) and person:
            return person
        self._throttle.wrong(attempt, counted or ())
        raise wrong_login(asked)

    def _is_right(self, person: Person | None, password: str, counted: tuple[str, ...]) -> bool:
        """What is right, and what could not be looked at, counts as no try. A disabled account has no right one."""
        try:
            right = self._passwords.are_right(
                person.password_hash if person and not person.is_disabled else "", password
            )
        except Refused:
            self._throttle.back(counted)
            raise
        if right:
            self._throttle.back(counted)
        return right

    def _find(self, name: str) -> Person | None:
        with self._db.reading() as db:
            return person_named(db, name)

    def _number(self, name: str, person: Person | None) -> str:
        return self._throttle.number_of(name, person.id_number if person else None, exists=person is not None)
