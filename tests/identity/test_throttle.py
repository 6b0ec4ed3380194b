"""Guessing passwords is slow and soon hopeless; the person whose account is guessed at gets in, wherever they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.base.limits import parse
from app.identity.model import Candidate, Staff
from app.identity.throttle import PER_ADDRESS, PER_NAME, PER_PROVED
from tests import people
from tests.identity.guessing import HERE, THERE, Guesser, Seconds, attacked, field_of
from tests.world import World

FREE, PROVED, OF_ADDRESS = parse(PER_NAME).most, parse(PER_PROVED).most, parse(PER_ADDRESS).most
LAST4, NUMBER = "000X", "44010419990412000X"
DAY = 86_400


@pytest.fixture
def seconds(world: World) -> Seconds:
    """Moves the limiter's clock."""
    moved = Seconds()
    world.dependencies.limits._clock = moved
    return moved


@pytest.fixture
def stranger(world: World) -> Guesser:
    return Guesser(world)


@pytest.fixture
def person(world: World) -> Candidate:
    return world.add(people.candidate())


def test_after_ten_wrong_tries_a_day_the_password_alone_opens_nothing(
    world: World, stranger: Guesser, person: Candidate
) -> None:
    attacked(world, person)
    looked_at = world.passwords.asked
    answer = stranger.guess(person, people.PASSWORD)
    assert (answer.status_code, field_of(answer)) == (429, "证件号码后四位")
    assert world.passwords.asked == looked_at
    assert "最近输错密码的次数较多" in answer.text


def test_the_owner_gets_in_at_once_with_the_last_four(world: World, stranger: Guesser, person: Candidate) -> None:
    attacked(world, person, 300)
    assert stranger.guess(person, people.PASSWORD, proof=" ０００x ").status_code == 302


def test_nothing_tells_which_of_the_two_was_wrong(world: World, stranger: Guesser, person: Candidate) -> None:
    attacked(world, person)
    answers = [
        stranger.guess(person, "wrong", proof=LAST4),
        stranger.guess(person, people.PASSWORD, proof="1234"),
        stranger.guess(person, "wrong", proof="1234"),
    ]
    assert len({(each.status_code, each.text) for each in answers}) == 1


def test_a_wrong_last_four_never_reaches_argon2_but_takes_as_long(
    world: World, stranger: Guesser, person: Candidate
) -> None:
    attacked(world, person)
    looked_at = world.passwords.asked
    for n in range(50):
        stranger.guess(person, people.PASSWORD, proof=f"{n:04d}")
    assert (world.passwords.asked, world.passwords.pretended) == (looked_at, 50)


def test_who_does_not_exist_is_asked_the_same(world: World, stranger: Guesser, person: Candidate) -> None:
    nobody = people.candidate()
    attacked(world, person)
    attacked(world, nobody)
    known, unknown = stranger.guess(person, "wrong"), stranger.guess(nobody, "wrong")
    assert known.text.replace(person.exam_number, "") == unknown.text.replace(nobody.exam_number, "")


def test_a_stranger_who_guesses_the_last_four_too_has_twenty_guesses_a_day(
    world: World, stranger: Guesser, person: Candidate
) -> None:
    attacked(world, person, 30)
    attacked(world, person, 30, proof=LAST4)
    answer = stranger.guess(person, people.PASSWORD, proof=LAST4)
    assert (answer.status_code, field_of(answer)) == (429, "证件号码（全部）")
    assert world.passwords.asked == FREE + PROVED
    assert stranger.guess(person, people.PASSWORD, proof=NUMBER).status_code == 302


def test_tries_are_free_again_after_a_day(world: World, stranger: Guesser, person: Candidate, seconds: Seconds) -> None:
    attacked(world, person)
    seconds.passed += DAY
    assert stranger.guess(person, people.PASSWORD).status_code == 302


def test_a_device_that_the_owner_uses_is_asked_nothing(world: World, stranger: Guesser, person: Candidate) -> None:
    own = Guesser(world, THERE)
    own.enter(person)
    attacked(world, person, 60)
    assert own.guess(person, people.PASSWORD).status_code == 302


def test_other_spellings_of_a_devices_cookie_are_the_same_device(world: World, person: Candidate) -> None:
    own = Guesser(world, THERE)
    own.enter(person)
    written, tried = own.cookie("device") or "", world.passwords.asked
    for n in range(200):
        own.client.set_cookie("device", spelt(written, n))
        own.guess(person, "wrong")
    assert world.passwords.asked - tried <= 10 + FREE


def spelt(cookie: str, n: int) -> str:
    """The same cookie, written differently: base64 heeds neither padding nor what is no letter of its own."""
    payload, dot, signature = cookie.rpartition(".")
    return f"{payload}{'=' * (n % 9)}{dot}{signature[: n % 20]}{'!' * (n // 20)}{signature[n % 20 :]}"


def test_each_known_device_has_a_budget_of_its_own(world: World, person: Candidate) -> None:
    own, schools = Guesser(world, HERE), Guesser(world, HERE)
    own.enter(person)
    schools.enter(person)
    for _guess in range(40):
        schools.guess(person, "wrong")
    assert own.guess(person, people.PASSWORD).status_code == 302


def test_being_known_for_one_name_is_nothing_for_another(world: World, person: Candidate) -> None:
    own, other = Guesser(world, HERE), world.add(people.candidate())
    own.enter(person)
    attacked(world, other)
    assert own.guess(other, people.PASSWORD).status_code == 429


def test_right_logins_use_nothing_up(world: World) -> None:
    for _ in range(OF_ADDRESS + 20):
        Guesser(world, HERE).enter(world.add(people.candidate()))
    assert Guesser(world, HERE).guess(world.add(people.candidate()), people.PASSWORD).status_code == 302


def test_a_network_with_many_wrong_tries_is_asked_for_the_last_four_and_nobody_is_refused(
    world: World, stranger: Guesser, person: Candidate
) -> None:
    for n in range(OF_ADDRESS):
        stranger.guess(f"{n:012d}", "wrong")
    page = Guesser(world, HERE)
    page.look()
    assert "证件号码后四位" in page.page.text
    assert page.guess(person, people.PASSWORD).status_code == 429
    assert page.guess(person, people.PASSWORD, proof=LAST4).status_code == 302
    assert Guesser(world, THERE).guess(person, people.PASSWORD).status_code == 302


def test_one_ipv6_household_is_one_network(world: World) -> None:
    for n in range(OF_ADDRESS):
        Guesser(world, f"2001:db8::{n:x}").guess(f"{n:012d}", "wrong")
    page = Guesser(world, "2001:db8::ffff")
    page.look()
    assert "证件号码后四位" in page.page.text


@pytest.mark.parametrize("make", [people.support, people.reviewer])
def test_staff_without_a_number_wait_half_a_minute_at_most(
    world: World, stranger: Guesser, seconds: Seconds, make: Callable[[], Staff]
) -> None:
    colleague = world.add(make())
    for _guess in range(100):
        seconds.passed += 1
        stranger.guess(colleague, "wrong")
    assert world.passwords.asked < 25
    refused = stranger.guess(colleague, people.PASSWORD)
    assert (refused.status_code, 0 < int(refused.headers["Retry-After"]) <= 30) == (429, True)
    seconds.passed += 30
    assert stranger.guess(colleague, people.PASSWORD).status_code == 302


def test_staff_with_a_number_are_asked_for_it(world: World, stranger: Guesser) -> None:
    colleague = world.add(people.reviewer(id_number="440105198001010001"))
    attacked(world, colleague, 30)
    assert stranger.guess(colleague, people.PASSWORD).status_code == 429
    assert stranger.guess(colleague, people.PASSWORD, proof="0001").status_code == 302


def test_two_thousand_get_in_from_one_address_while_a_stranger_there_guesses(world: World) -> None:
    """A school's morning. Once he has used up the address, the page asks everybody for the last four characters too."""
    everybody = [people.candidate() for _ in range(2000)]
    with world.dependencies.db.writing() as db:
        db.add_all(everybody)
    stranger = Guesser(world, HERE)
    tries: list[list[int]] = []
    asked: dict[str, str] = {}
    for n, each in enumerate(everybody):
        if n < 2 * OF_ADDRESS or n % 10 == 0:
            stranger.guess(everybody[n // 20 * 20], "wrong")
        browser = Guesser(world, HERE, like=stranger)
        tries.append([browser.guess(each, people.PASSWORD, **asked).status_code])
        if tries[-1] == [429]:
            asked = {"proof": LAST4}
            tries[-1].append(browser.guess(each, people.PASSWORD, **asked).status_code)
    assert {each[-1] for each in tries} == {302}
    assert [len(each) for each in tries].count(2) == 1
