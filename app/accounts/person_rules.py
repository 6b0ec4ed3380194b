"""What a person's own numbers are, and how long their password has to be."""

from __future__ import annotations

from app.accounts.password_rules import LEAST, LEAST_OF_STAFF, spelt
from app.identity.actor_rules import Actor
from app.identity.model import Candidate, Staff

Person = Candidate | Staff


def least_of(person: Person) -> int:
    """The fewest characters of this person's password."""
    return LEAST if isinstance(person, Candidate) else LEAST_OF_STAFF


def numbers_of(person: Person) -> set[str]:
    """What somebody who knows this person would try first."""
    if isinstance(person, Staff):
        return {person.id_number} if person.id_number else set()
    own = {person.exam_number, person.id_number, person.phone} | spelt(person.born_on)
    return {each for each in own if each}


def names_of(person: Person) -> tuple[str, ...]:
    """What they log in with, when it is no number."""
    return (person.login_name,) if isinstance(person, Staff) else ()


def actor_of(person: Person) -> Actor:
    """How they stand in the audit."""
    return Actor.staff(person.id) if isinstance(person, Staff) else Actor.candidate(person.id)
