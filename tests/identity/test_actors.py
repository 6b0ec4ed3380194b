"""Actors are written as the audit has always kept them, and read back."""

from __future__ import annotations

import pytest

from app.identity.actor_rules import Actor, ActorKind

WRITTEN = {
    "candidate:12": Actor.candidate(12),
    "staff:3": Actor.staff(3),
    "login:7": Actor.login(7),
    "login:support": Actor.login(None),
    "pairing:9": Actor.pairing(9),
    "phone": Actor.phone(),
    "register": Actor.register(),
    "server": Actor.server(),
}


@pytest.mark.parametrize(("words", "actor"), WRITTEN.items())
def test_an_actor_is_written_and_read_back(words: str, actor: Actor) -> None:
    assert str(actor) == words
    assert Actor.read(words) == actor


def test_every_kind_is_among_them() -> None:
    assert {actor.kind for actor in WRITTEN.values()} == set(ActorKind)


@pytest.mark.parametrize("words", ["", "somebody", "somebody:1", ":1", "candidate:", "Candidate:1"])
def test_other_words_are_no_actor(words: str) -> None:
    assert Actor.read(words) is None


def test_an_actor_names_a_row_or_none() -> None:
    assert (Actor.staff(3).id, Actor.login(None).id, Actor.server().id) == (3, None, None)
