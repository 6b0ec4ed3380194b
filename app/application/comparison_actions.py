"""The comparison with the population register: outside any transaction, again after an outage, never twice at once.

An application that waits has `register_next_at`; whoever moves that on is the one who asks. So two processes do not ask
for the same person, and a process that dies while asking is followed by another.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from app.application.actions import note, take_step
from app.application.audit_rules import Action
from app.application.model import Application
from app.application.workflow import Status
from app.base.clock import Clock
from app.base.database import Database, updated_one_row
from app.base.errors import Refused
from app.identity.actor_rules import Actor, Role
from app.register.port import Register, Unreachable
from app.register.rules import Outcome, Person

FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=30)
AT_ONCE = 100


class RegisterComparison:
    """Asks the register about applications that wait for it."""

    def __init__(self, db: Database, register: Register, clock: Clock) -> None:
        self._db, self._register, self._clock = db, register, clock

    def check(self, application_id: int, early: bool = False) -> bool:
        """Ask about one, if its time has come (or `early`); whether it has moved on."""
        with self._db.writing() as session:
            person = _take_turn(session, application_id, early, self._clock.now())
        if person is None:
            return False
        try:
            outcome = self._register.compare(person)
        except Unreachable:
            self._is_out(application_id)
            return False
        return self._moved_on(application_id, outcome)

    def check_due(self, early: bool = False) -> tuple[int, int]:
        """Ask about everybody whose time has come, or everybody who waits; how many were asked, and moved on."""
        with self._db.reading() as session:
            waiting = _waiting(session, None if early else self._clock.now())
        moved = [self.check(application_id, early) for application_id in waiting]
        return len(moved), sum(moved)

    def _is_out(self, application_id: int) -> None:
        with self._db.writing() as session:
            tries, now = Application.register_tries, self._clock.now()
            failed = update(Application).where(*_waits(application_id)).values(register_tries=tries + 1)
            if updated_one_row(session, failed):
                note(session, application_id, Actor.register(), Action.REGISTER_UNREACHABLE, now)

    def _moved_on(self, application_id: int, outcome: Outcome) -> bool:
        with self._db.writing() as session:
            application = session.get_one(Application, application_id)
            try:
                take_step(session, application, Action(outcome), Role.REGISTER, self._clock.now(), Actor.register())
            except Refused:  # withdrawn, or answered by somebody else meanwhile
                return False
        return True


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many tries: twice as long each time, up to half an hour."""
    return min(FIRST_WAIT * (1 << min(tries - 1, 10)), LONGEST_WAIT)


def _take_turn(session: Session, application_id: int, early: bool, now: datetime) -> Person | None:
    """Whom to ask about, for the one who may ask now; the next turn comes by itself."""
    application = session.get(Application, application_id)
    if application is None or application.register_next_at is None:
        return None
    turn = application.register_next_at
    following = now + wait_after(application.register_tries + 1)
    mine = update(Application).where(*_waits(application_id), Application.register_next_at == turn)
    if not (early or turn <= now) or not updated_one_row(session, mine.values(register_next_at=following)):
        return None
    who = application.candidate
    return Person(who.name, who.sex, who.born_on, who.id_number)


def _waits(application_id: int) -> tuple[ColumnElement[bool], ...]:
    return Application.id == application_id, Application.status == Status.REGISTER_CHECK


def _waiting(session: Session, until: datetime | None) -> list[int]:
    rows = select(Application.id).where(Application.status == Status.REGISTER_CHECK)
    rows = rows.order_by(Application.register_next_at)
    return list(session.scalars(rows.where(Application.register_next_at <= until).limit(AT_ONCE) if until else rows))
