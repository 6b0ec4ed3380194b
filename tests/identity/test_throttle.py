"""Guessing passwords is slow; the person whose account is guessed at still gets in."""

import pytest

from app.identity.views import PER_ADDRESS
from tests import people
from tests.visitors import Visitor

HERE, THERE = "203.0.113.7", "198.51.100.9"


class Guesser(Visitor):
    """A visitor from some address."""

    def guess(self, name, password, address=HERE):
        """One try."""
        if not self.csrf():
            self.go("/login")
        form = {"name": name, "password": password, "csrf": self.csrf()}
        return self.client.post("/login", base_url=self.origin, data=form, headers={"Origin": self.origin},
                                environ_base={"REMOTE_ADDR": address})  # fmt: skip


@pytest.fixture
def stranger(world):
    return Guesser(world.app, world.origin)


@pytest.fixture
def person(world):
    return world.add(people.candidate())


def test_ten_guesses_at_one_name_are_enough(stranger, person):
    guesses = [stranger.guess(person.exam_number, "wrong").status_code for _ in range(12)]
    assert guesses == [403] * 10 + [429] * 2


def test_the_eleventh_is_told_when_to_come_back(stranger, person):
    answer = [stranger.guess(person.exam_number, "wrong") for _ in range(11)][-1]
    assert 0 < int(answer.headers["Retry-After"]) <= 600
    assert "请过 10 分钟再试。" in answer.text


def test_a_right_password_does_not_help_who_guessed_too_often(stranger, person):
    for _ in range(10):
        stranger.guess(person.exam_number, "wrong")
    assert stranger.guess(person.exam_number, people.PASSWORD).status_code == 429


def test_somebody_else_at_the_same_school_still_gets_in(world, stranger, person):
    for _ in range(12):
        stranger.guess(person.exam_number, "wrong")
    other = Guesser(world.app, world.origin)
    assert other.guess(world.add(people.candidate()).exam_number, people.PASSWORD).status_code == 302


def test_guesses_from_everywhere_run_out_too(world, stranger, person):
    guesses = [stranger.guess(person.exam_number, "wrong", f"203.0.113.{n}").status_code for n in range(60)]
    assert guesses == [403] * 50 + [429] * 10


def test_the_real_person_gets_in_where_they_had_logged_in_before(world, stranger, person):
    own = Guesser(world.app, world.origin)
    assert own.guess(person.exam_number, people.PASSWORD, THERE).status_code == 302
    own.post("/logout")
    for n in range(60):
        stranger.guess(person.exam_number, "wrong", f"203.0.113.{n}")
    assert own.guess(person.exam_number, people.PASSWORD, THERE).status_code == 302


def test_a_flood_of_guesses_from_the_same_school_does_not_lock_them_out(world, stranger, person):
    own = Guesser(world.app, world.origin)
    assert own.guess(person.exam_number, people.PASSWORD).status_code == 302
    own.post("/logout")
    for _guess in range(199):
        world.parts.limits.hit(PER_ADDRESS, "login-address", HERE)
    assert stranger.guess("999999999999", "wrong").status_code == 429
    assert own.guess(person.exam_number, people.PASSWORD).status_code == 302


def test_a_known_browser_may_not_guess_without_end_either(world, person):
    own = Guesser(world.app, world.origin)
    own.guess(person.exam_number, people.PASSWORD)
    own.post("/logout")
    guesses = [own.guess(person.exam_number, "wrong").status_code for _ in range(11)]
    assert guesses[-1] == 429


def test_each_known_browser_has_a_budget_of_its_own(world, person):
    own, schools = Guesser(world.app, world.origin), Guesser(world.app, world.origin)
    for browser in (own, schools):
        browser.guess(person.exam_number, people.PASSWORD)
        browser.post("/logout")
    for _guess in range(11):
        schools.guess(person.exam_number, "wrong")
    assert own.guess(person.exam_number, people.PASSWORD).status_code == 302


def test_being_known_for_one_name_is_nothing_for_another(world, person):
    own = Guesser(world.app, world.origin)
    own.guess(person.exam_number, people.PASSWORD)
    own.post("/logout")
    other = world.add(people.candidate())
    guesses = [own.guess(other.exam_number, "wrong").status_code for _ in range(11)]
    assert guesses == [403] * 10 + [429]
