"""No stranger keeps a candidate or a member of staff out, nor learns who there is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from app.accounts.code_rules import HiddenCodes
from app.accounts.reset_actions import issue
from app.http.provided import provided_by
from app.identity.model import Candidate, Staff
from tests import people
from tests.accounts.second import with_app
from tests.identity.guessing import HERE, THERE, Guesser, Seconds, attacked, field_of
from tests.world import World

NEW = "木棉花开红似火呀"


@pytest.fixture
def person(world: World) -> Candidate:
    return world.add(people.candidate())


@pytest.fixture
def code(world: World, person: Candidate) -> str:
    """What an office has given out for this person."""
    office = world.add(people.reviewer())
    with world.dependencies.db.writing() as db:
        return issue(db, person, office, provided_by(world.app).get(HiddenCodes), world.clock.now())


class Forgetful(Guesser):
    """Somebody at the page that takes one-time codes."""

    def try_code(self, number: str, code: str, **fields: str) -> TestResponse:
        if not self.csrf():
            self.look()
        form = {"csrf": self.csrf(), "name": number, "code": code, "new": NEW, "again": NEW, **fields}
        return self.client.post(
            "/forgotten",
            base_url=self.origin,
            data=form,
            headers={"Origin": self.origin},
            environ_base={"REMOTE_ADDR": self.address_of_network},
        )


def strangers(world: World) -> Iterator[Forgetful]:
    """Each at another address."""
    n = 0
    while True:
        n += 1
        yield Forgetful(world, f"2001:db8:{n:x}::1")


def test_hundreds_of_wrong_codes_keep_nobody_out(world: World, person: Candidate, code: str) -> None:
    for stranger, _n in zip(strangers(world), range(100), strict=False):
        stranger.try_code(person.exam_number, "00000000")
    own = Forgetful(world, HERE)
    asked = own.try_code(person.exam_number, code)
    assert (asked.status_code, field_of(asked)) == (429, "证件号码后四位")
    assert own.try_code(person.exam_number, code, proof="000x").status_code == 302


def test_who_guesses_the_four_characters_too_has_twenty_guesses(world: World, person: Candidate, code: str) -> None:
    for stranger, _n in zip(strangers(world), range(60), strict=False):
        stranger.try_code(person.exam_number, "00000000", proof="000X")
    own = Forgetful(world, HERE)
    asked = own.try_code(person.exam_number, code, proof="000X")
    assert (asked.status_code, field_of(asked)) == (429, "证件号码（全部）")
    assert own.try_code(person.exam_number, code, proof=person.id_number).status_code == 302


def test_wrong_codes_ask_nothing_more_of_a_login_and_wrong_passwords_nothing_of_a_code(
    world: World, person: Candidate, code: str
) -> None:
    other = world.add(people.candidate())
    for stranger, _n in zip(strangers(world), range(30), strict=False):
        stranger.try_code(other.exam_number, "00000000")
    assert Guesser(world, THERE).guess(other, people.PASSWORD).status_code == 302
    attacked(world, person, 30)
    assert Forgetful(world, HERE).try_code(person.exam_number, code).status_code == 302


def test_an_unknown_number_a_known_one_and_staff_read_the_same(world: World, person: Candidate, code: str) -> None:
    nobody, colleague = people.candidate(), world.add(people.support(login_name="somebody"))
    for times in (1, 30):
        answers = set()
        for number in (person.exam_number, nobody.exam_number):
            for stranger, _n in zip(strangers(world), range(times), strict=False):
                answer = stranger.try_code(number, "00000000", proof="1111")
            answers.add((answer.status_code, answer.text.replace(number, "").replace(stranger.csrf(), "")))
        assert len(answers) == 1, times
    assert Forgetful(world, THERE).try_code(colleague.login_name, code).status_code in (422, 429)


@pytest.mark.parametrize("number", ["", "x" * 41, "0101\x0026000001", "\u202e0101"])
def test_what_cannot_be_a_number_is_refused_before_anything(world: World, number: str) -> None:
    answer = Forgetful(world).try_code(number, "00000000")
    assert (answer.status_code, "准考证号或代码不对" in answer.text) == (422, True)


@pytest.fixture
def colleague(world: World) -> Staff:
    """Somebody without an ID number on record, with a second factor."""
    person = world.add(people.support())
    with_app(world, person)
    return person


def test_staff_with_a_second_factor_do_not_wait_for_a_strangers_tries(world: World, colleague: Staff) -> None:
    seconds = Seconds()
    world.dependencies.limits._clock = seconds
    attacked(world, colleague, 100)
    for _second in range(5):
        seconds.passed += 1
        attacked(world, colleague, 3)
        assert Guesser(world, HERE).guess(colleague, people.PASSWORD).location == "/login/code"


def test_a_stranger_in_one_network_is_still_slowed_down(world: World, colleague: Staff) -> None:
    seconds = Seconds()
    world.dependencies.limits._clock = seconds
    attacked(world, colleague)
    stranger, asked = Guesser(world, THERE), world.passwords.asked
    for _guess in range(100):
        seconds.passed += 1
        stranger.guess(colleague, "wrong")
    assert world.passwords.asked - asked < 25


def test_no_stranger_comes_to_the_code(world: World, colleague: Staff) -> None:
    stranger = Guesser(world, THERE)
    stranger.guess(colleague, "wrong")
    for _guess in range(30):
        assert stranger.post("/login/code", {"code": "000000"}).location == "/login"
    assert world.rows(Staff)[0].wrong_codes == 0


def test_a_disabled_account_takes_as_long_as_any(world: World, colleague: Staff) -> None:
    with world.dependencies.db.writing() as db:
        db.get_one(Staff, colleague.id).disabled_at = world.clock.now()
    asked = world.passwords.asked
    stranger = Guesser(world)
    disabled, unknown = stranger.guess(colleague, people.PASSWORD), stranger.guess("nobody", people.PASSWORD)
    assert world.passwords.asked == asked + 2
    assert disabled.text.replace(colleague.login_name, "") == unknown.text.replace("nobody", "")
