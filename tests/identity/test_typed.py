"""What is typed at the login: refused before anything where it cannot be one; told in words when many wait."""

from __future__ import annotations

import pytest

from app.base.limits import parse
from app.identity.model import Candidate
from app.identity.throttle import PER_NAME
from tests import people
from tests.identity.guessing import Guesser, attacked
from tests.world import World

FREE = parse(PER_NAME).most


@pytest.fixture
def stranger(world: World) -> Guesser:
    return Guesser(world)


@pytest.fixture
def person(world: World) -> Candidate:
    return world.add(people.candidate())


def test_a_full_queue_is_told_and_counts_as_no_try(world: World, stranger: Guesser, person: Candidate) -> None:
    world.passwords.full = True
    answers = [stranger.guess(person, people.PASSWORD) for _ in range(2 * FREE)]
    assert {(each.status_code, each.headers["Retry-After"]) for each in answers} == {(503, "4")}
    assert "现在登录的人很多。请过大约 4 秒再点“登录”" in answers[0].text
    assert f'value="{person.exam_number}"' in answers[0].text
    world.passwords.full = False
    assert stranger.guess(person, people.PASSWORD).status_code == 302


@pytest.mark.parametrize("name", ["1" * 41, "x" * 30_000, "0101\x0026000001", "\u202e0101", "\ufffd\x7f", ""])
def test_what_cannot_be_a_name_is_refused_before_anything(world: World, stranger: Guesser, name: str) -> None:
    answer = stranger.guess(name, "wrong")
    assert (answer.status_code, "准考证号或密码不对" in answer.text) == (403, True)
    assert len(answer.text) < 20_000
    assert (world.passwords.asked, world.dependencies.limits._kinds.keys() & {"login-name", "login-address"}) == (
        0,
        set(),
    )


@pytest.mark.parametrize("password", ["p" * 257, "p" * 30_000, ""])
def test_what_cannot_be_a_password_is_not_hashed(
    world: World, stranger: Guesser, person: Candidate, password: str
) -> None:
    assert stranger.guess(person, password).status_code == 403
    assert world.passwords.asked == 0


def test_a_form_of_a_megabyte_is_not_even_read(world: World, stranger: Guesser, person: Candidate) -> None:
    for name, password in (("x" * (1 << 20), "wrong"), (person, "p" * (1 << 20))):
        assert stranger.guess(name, password).status_code == 413
    assert (world.passwords.asked, world.dependencies.limits._kinds.keys() & {"login-name", "login-address"}) == (
        0,
        set(),
    )


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "😀", "%s%(x)s", "a\x00b"])
def test_odd_characters_are_only_wrong(world: World, stranger: Guesser, person: Candidate, odd: str) -> None:
    attacked(world, person)
    assert stranger.guess(person, odd, proof=odd).status_code == 429
