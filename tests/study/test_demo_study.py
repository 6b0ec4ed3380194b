"""What the demo's people have studied: everybody may apply but one, who lacks three things."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.identity.model import Candidate
from app.study.forecast_rules import Forecast
from app.study.model import Programme, Score
from app.study.queries import courses_for_form, forecast_of
from tests.world import World

LACKING = "010126000004"
PASSING = [f"0101260000{number}" for number in ("01", "02", "03", "05", "06", *range(11, 20))]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("study"))
    load(made)
    yield made
    made.close()


def load(world: World) -> None:
    world.app.test_cli_runner().invoke(args=["demo"], catch_exceptions=False)


def forecast(world: World, login: str) -> Forecast:
    [person] = world.rows(Candidate, exam_number=login)
    with world.dependencies.db.reading() as db:
        return forecast_of(db, person, world.clock.now())


def test_one_programme_below_a_bachelor_and_two_bachelors(world: World) -> None:
    assert sorted(row.level for row in world.rows(Programme)) == ["专科", "本科", "本科"]


@pytest.mark.parametrize("login", PASSING)
def test_who_is_meant_to_pass_passes(world: World, login: str) -> None:
    assert forecast(world, login).unmet == ()


def test_one_lacks_three_different_things(world: World) -> None:
    assert [condition.name for condition in forecast(world, LACKING).unmet] == ["required", "elective", "penalty"]


def test_a_bachelor_from_another_field_has_passed_the_added_courses(world: World) -> None:
    result = forecast(world, "010126000005")
    [added] = [condition for condition in result.conditions if condition.name == "added"]
    assert added.standing.facts["count"] == 3


def test_a_second_time_adds_nothing(world: World) -> None:
    before = len(world.rows(Programme)), len(world.rows(Score))
    load(world)
    assert (len(world.rows(Programme)), len(world.rows(Score))) == before


def test_the_form_lists_what_is_counted(world: World) -> None:
    [person] = world.rows(Candidate, exam_number="010126000001")
    with world.dependencies.db.reading() as db:
        courses = courses_for_form(db, person)
    assert courses == list(forecast(world, "010126000001").counted)
    assert all(course.score and course.credits for course in courses)
