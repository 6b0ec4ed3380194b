"""Browsers that people have logged in with before: what their cookie tells, how long it lives, how it ends."""

from __future__ import annotations

import base64

import pytest

from app.identity.device_rules import Devices
from app.identity.model import Candidate
from tests import people
from tests.identity.guessing import Guesser, attacked
from tests.world import FakeClock, World

SHARED = {"shared": "yes"}


@pytest.fixture
def person(world: World) -> Candidate:
    return world.add(people.candidate())


@pytest.fixture
def own(world: World, person: Candidate) -> Guesser:
    made = Guesser(world)
    made.enter(person)
    return made


def is_known(world: World, browser: Guesser, person: Candidate) -> bool:
    """Whether a login from there needs the password alone while somebody guesses."""
    attacked(world, person)
    return browser.guess(person, people.PASSWORD).status_code == 302


def test_the_box_is_ticked_until_the_browser_knows_somebody(world: World, person: Candidate, own: Guesser) -> None:
    new = Guesser(world)
    for browser, ticked in ((new, True), (own, False)):
        browser.look()
        [box] = [each for each in browser.page.all("input") if each.get("name") == "shared"]
        assert ("checked" in box.attrib) == ticked


def test_on_a_shared_computer_nothing_is_left(world: World, person: Candidate) -> None:
    shared = Guesser(world)
    assert shared.guess(person, people.PASSWORD, **SHARED).status_code == 302
    assert shared.cookie("device") is None
    shared.get("/terms")
    shared.post("/logout")
    assert not is_known(world, shared, person)


def test_ticking_the_box_later_forgets_the_person(world: World, person: Candidate, own: Guesser) -> None:
    assert own.guess(person, people.PASSWORD, **SHARED).status_code == 302
    assert not own.cookie("device")


def test_the_cookie_names_nobody(own: Guesser, person: Candidate) -> None:
    payload = str(own.cookie("device")).rpartition(".")[0]
    read = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode()
    for told in (person.exam_number, person.name, str(person.id) + ",", person.id_number):
        assert told not in read


@pytest.mark.parametrize(("days", "known"), [(89, True), (91, False)])
def test_it_lives_ninety_days_by_the_servers_clock(
    world: World, clock: FakeClock, person: Candidate, own: Guesser, days: int, known: bool
) -> None:
    clock.move(days=days)
    assert is_known(world, own, person) == known


def test_use_renews_it(world: World, clock: FakeClock, person: Candidate, own: Guesser) -> None:
    for _time in range(3):
        clock.move(days=60)
        own.enter(person)
    assert is_known(world, own, person)


def test_a_family_shares_a_device(world: World, person: Candidate, own: Guesser) -> None:
    sister = world.add(people.candidate())
    own.enter(sister)
    assert is_known(world, own, person)
    own.get("/terms")
    own.post("/logout")
    assert is_known(world, own, sister)


@pytest.mark.parametrize("nonsense", ["", "x", "W10.x", "e30.DZdW7g", "W" * 5000, "\x00", "é"])
def test_nonsense_is_no_device(nonsense: str) -> None:
    assert Devices(["k" * 40]).read(nonsense) is None


def test_a_device_outlives_a_change_of_keys(world: World, person: Candidate) -> None:
    before, after = Devices(["k" * 40]), Devices(["k" * 40, "n" * 40])
    device = before.remember(None, "010126000001", world.clock.now())
    read = after.read(before.write(device))
    assert read is not None
    assert after.knows(read, "010126000001", world.clock.now())
