"""What the tables of records do not let happen."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy.exc import IntegrityError

from tests import people, records
from tests.world import World


@pytest.mark.parametrize(
    ("courses", "replacements"),
    [
        (records.COURSES, [("10001", "00794", 0), ("10001", "03706", 0)]),
        ([("00794", "综合英语", 10, "required"), ("00794", "综合英语", 10, "elective")], []),
    ],
    ids=["an old course for two new ones", "a course twice"],
)
def test_a_programme_is_refused(
    world: World, courses: Sequence[records.Asked], replacements: Sequence[tuple[str, str, int]]
) -> None:
    with pytest.raises(IntegrityError):
        world.add(records.programme(courses, replacements))


def test_a_programme_is_there_once(world: World) -> None:
    world.add(records.programme())
    world.add(records.programme(course_group="1"))
    with pytest.raises(IntegrityError):
        world.add(records.programme())


def test_which_programme_is_meant_follows_code_school_and_group(world: World) -> None:
    world.add(records.programme(programme_university="601 中山大学"))
    world.add(records.programme(course_group="1"))
    person = world.add(people.candidate(course_group="1"))
    assert "没有找到您报考专业的考试计划" not in world.desk(person).go("/forecast").text
    assert "没有找到您报考专业的考试计划" in world.desk().go("/forecast").text
