"""Whether the register knows just this person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.register.model import RegisterEntry
from app.register.port import LocalRegister, Outage, Unreachable
from app.register.rules import Outcome, Person, compare, is_valid
from tests.world import World

CHEN = Person("陈思远", "女", date(1999, 4, 12), "44010419990412000X")


def test_the_same_person_matches() -> None:
    assert compare(CHEN, CHEN) == Outcome.MATCH


@pytest.mark.parametrize(
    "other",
    [
        replace(CHEN, name="陈思源"),
        replace(CHEN, sex="男"),
        replace(CHEN, born_on=date(1999, 4, 13)),
        replace(CHEN, id_number="440104199904120001"),
    ],
    ids=str,
)
def test_one_field_that_differs_is_a_mismatch(other: Person) -> None:
    assert compare(CHEN, other) == Outcome.MISMATCH
    assert compare(other, CHEN) == Outcome.MISMATCH


def test_somebody_whom_the_register_does_not_know_is_a_mismatch() -> None:
    assert compare(CHEN, None) == Outcome.MISMATCH


@pytest.mark.parametrize(
    "written",
    [
        replace(CHEN, id_number="44010419990412000x"),
        replace(CHEN, name=" 陈 思远"),
        replace(CHEN, name="陈思远\u3000"),
    ],
    ids=str,
)
def test_how_it_is_written_makes_no_difference(written: Person) -> None:
    assert compare(written, CHEN) == Outcome.MATCH


@pytest.mark.parametrize("dot", "·•‧・.．")
def test_the_dot_in_a_name_is_a_dot(dot: str) -> None:
    person = replace(CHEN, name="阿依古丽·买买提")
    assert compare(replace(CHEN, name=f"阿依古丽{dot}买买提"), person) == Outcome.MATCH


def test_a_number_whose_check_is_wrong_never_matches() -> None:
    wrong = replace(CHEN, id_number="440104199904120000")
    assert compare(wrong, wrong) == Outcome.MISMATCH


@pytest.mark.parametrize("number", ["11010519491231002X", "440106200007050003", "44010419990412000x"])
def test_numbers_with_a_right_check_are_valid(number: str) -> None:
    assert is_valid(number)


@pytest.mark.parametrize("number", ["", "11010519491231002", "110105194912310021", "1101051949123100２X", "H00000003"])
def test_others_are_not(number: str) -> None:
    assert not is_valid(number)


def entry(**other: str | date) -> RegisterEntry:
    fields = {"id_number": CHEN.id_number, "name": CHEN.name, "sex": CHEN.sex, "born_on": CHEN.born_on}
    return RegisterEntry(**fields | other)


def test_the_local_copy_answers_by_its_table(world: World) -> None:
    world.add(entry())
    register = LocalRegister(world.dependencies.db)
    assert register.compare(CHEN) == Outcome.MATCH
    assert register.compare(replace(CHEN, name="陈思源")) == Outcome.MISMATCH
    assert register.compare(replace(CHEN, id_number="440106200007050003")) == Outcome.MISMATCH


def test_before_anything_was_imported_nobody_is_a_mismatch(world: World) -> None:
    with pytest.raises(Unreachable):
        LocalRegister(world.dependencies.db).compare(CHEN)


def test_the_demo_can_play_an_outage_for_some(world: World) -> None:
    world.add(entry())
    register = Outage(LocalRegister(world.dependencies.db), {"440604199708180002"})
    assert register.compare(CHEN) == Outcome.MATCH
    with pytest.raises(Unreachable):
        register.compare(replace(CHEN, id_number="440604199708180002"))
