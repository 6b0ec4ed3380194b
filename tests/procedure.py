"""What surrounds an application: batches, offices, the register; and people who are somewhere in the procedure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.application.actions import apply, take_step
from app.application.audit_rules import Action
from app.application.model import Application, Batch
from app.application.queries import application_of
from app.application.rules import Filled
from app.application.status_rules import STATUSES
from app.application.workflow import Branch
from app.demo.offices import add_offices
from app.identity.actor_rules import Actor, Role
from app.identity.model import Candidate, Staff
from app.register.model import RegisterEntry
from app.register.port import Unreachable
from app.register.rules import Outcome, Person

if TYPE_CHECKING:
    from tests.world import World

MONTH = "202612"
PLACE = "440104"

REVIEWS = tuple(status for status, row in STATUSES.items() if row.office)


class FakeRegister:
    """Answers what it was told to, one after the other: an Outcome, or None for an outage; the last for ever."""

    def __init__(self, *answers: Outcome | None) -> None:
        self.answers = list(answers)
        self.asked: list[Person] = []

    def compare(self, person: Person) -> Outcome:
        self.asked.append(person)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer is None:
            raise Unreachable("down")
        return answer


def open_batch(world: World, month: str = MONTH, opens: float = -30, closes: float = 30) -> Batch:
    """A batch that opens and closes so many days from now."""
    now = world.clock.now()
    return world.add(Batch(month=month, opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes)))


def open_offices(world: World) -> None:
    """All the offices of the province."""
    with world.dependencies.db.writing() as db:
        add_offices(db)


def known(world: World, person: Candidate, **otherwise: str | date) -> RegisterEntry:
    """Let the register know somebody, just so or otherwise."""
    entry = {name: getattr(person, name) for name in ("id_number", "name", "sex", "born_on")}
    return world.add(RegisterEntry(**entry | otherwise))


def has_applied(world: World, person: Candidate | Staff, place: str = PLACE) -> None:
    """Somebody whose application is there, as of now unless it was before; an ID card has matched."""
    with world.dependencies.db.writing() as db:
        if isinstance(person, Candidate) and application_of(db, person.id) is None:
            application = apply(db, person, Filled(MONTH, place, person.phone), "zh", world.clock.now())
            if application.branch == Branch.ID_CARD:
                take_step(db, application, Action.MATCH, Role.REGISTER, world.clock.now(), Actor.register())


def the_application(world: World, **having: str | int) -> Application:
    """The one application there is."""
    [application] = world.rows(Application, **having)
    return application
