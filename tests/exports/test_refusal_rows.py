"""Whom a row of a list of refused photos means, and which rows cannot be carried out."""

from __future__ import annotations

import pytest

from app.application.model import Application
from app.application.workflow import Status
from app.exports import refusal_texts as texts
from app.exports.refusal_rules import words_in
from app.identity.model import Office
from app.review.model import Decision
from app.review.rules import OPINION
from tests import people
from tests.exports.approved import approved
from tests.exports.refused import (
    FIRST_ID,
    LAYOUT,
    ONE,
    SECOND_ID,
    THREE,
    TWO,
    WHY,
    brought,
    statuses,
    two_people,
)
from tests.imports.lists import found, refusal
from tests.world import World


@pytest.fixture
def two(world: World) -> list[Application]:
    return two_people(world)


def test_rows_that_cannot_be_carried_out_are_told_in_words(world: World, two: list[Application]) -> None:
    approved(world, 3, status=Status.PORTRAIT_REVIEW, exam_number=THREE, id_number=FIRST_ID)
    world.add(people.candidate(exam_number="010126000004", id_number="E00000004"))
    report = brought(
        world,
        {"exam_number": "010126000099"},
        {"id_number": "440104199904129999"},
        {},
        {"exam_number": ONE, "id_number": SECOND_ID},
        {"id_number": FIRST_ID},
        {"exam_number": THREE},
        {"exam_number": "010126000004"},
        {"exam_number": TWO, "reason": " "},
        {"file_name": "IMG_0001.jpg"},
        {"exam_number": ONE, "file_name": f"{TWO}.jpg"},
    )
    assert sorted(found(report)) == [
        (2, "准考证号", "没有准考证号为“010126000099”的考生。请先导入考生，或检查号码。"),
        (3, "身份证号", texts.NO_ID % {"value": "440104199904129999"}),
        (4, "准考证号", texts.NO_NUMBER),
        (5, "", texts.DIFFERENT),
        (6, "身份证号", texts.SEVERAL % {"value": FIRST_ID}),
        (7, "", texts.NOT_APPROVED % {"status": "已提交市考办审核"}),
        (8, "", texts.NOT_APPLIED),
        (9, "不合格原因", "这一格是空的，必须填写。"),
        (10, "文件名", texts.NO_NAME % {"value": "IMG_0001.jpg"}),
        (11, "", texts.DIFFERENT),
    ]
    assert statuses(world)[: len(two)] == [Status.READY, Status.SUBMITTED]


@pytest.mark.usefixtures("two")
def test_wrong_rows_stop_the_others_unless_they_are_left_out(world: World) -> None:
    lines = ({"exam_number": ONE}, {"exam_number": "010126000099"})
    assert brought(world, *lines).wrong == 1
    assert statuses(world) == [Status.READY, Status.SUBMITTED]
    brought(world, *lines, drop_wrong=True)
    assert statuses(world) == [Status.CAPTURE, Status.SUBMITTED]


@pytest.mark.usefixtures("two")
def test_all_reasons_of_one_person_reach_the_case_each_once(world: World) -> None:
    lines = ({"exam_number": ONE}, {"exam_number": TWO}, {"id_number": FIRST_ID, "reason": "背景不纯"})
    report = brought(world, *lines, {"file_name": f"{ONE}.jpg"}, {"exam_number": TWO})
    assert (found(report), report.touched, report.changed) == ([], 2, 5)
    assert statuses(world) == [Status.CAPTURE, Status.CAPTURE]
    assert [each.opinion for each in world.rows(Decision)] == [f"{WHY}；背景不纯", WHY]


@pytest.mark.usefixtures("two")
def test_reasons_that_are_too_long_together_are_named_and_not_cut(world: World) -> None:
    report = brought(world, {"exam_number": ONE}, {"exam_number": ONE, "reason": "长" * 495})
    assert [(place, words) for place, _heading, words in found(report)] == [
        (place, "同一名考生的几条原因合起来有 502 个字，最多 500 个。请缩短。") for place in (2, 3)
    ]
    assert statuses(world)[0] == Status.READY


@pytest.mark.parametrize("name", [f"{ONE}.jpg", f"photos/{FIRST_ID}.JPG", f"{FIRST_ID}_5.jpg", f"D:\\x\\{ONE}_陈.jpg"])
@pytest.mark.usefixtures("two")
def test_a_file_is_known_by_the_names_that_exports_give(world: World, name: str) -> None:
    assert brought(world, {"file_name": name}).changed == 1
    assert statuses(world) == [Status.CAPTURE, Status.SUBMITTED]


def test_of_two_programmes_of_one_person_the_level_in_the_name_tells_which(world: World) -> None:
    world.add(people.operator())
    for number, (exam_number, level) in enumerate(((ONE, "专科"), (TWO, "本科")), start=1):
        approved(world, number, exam_number=exam_number, id_number=FIRST_ID, level=level)
    brought(world, {"file_name": f"{FIRST_ID}_5.jpg"})
    assert statuses(world) == [Status.SUBMITTED, Status.CAPTURE]
    assert words_in(f"{FIRST_ID}_5.jpg") == [FIRST_ID, "5"]


@pytest.mark.usefixtures("two")
def test_without_any_office_nobody_could_tell_the_candidate(world: World) -> None:
    with world.dependencies.db.writing() as db:
        for row in db.query(Application):
            row.office_id = None
    assert found(brought(world, {"exam_number": ONE})) == [(2, "", texts.NO_OFFICE)]
    world.add(Office(code="44", name="省考办", level="province", contact="电话"))
    assert brought(world, {"exam_number": ONE}).changed == 1


def test_a_list_that_names_nobody_is_no_list_of_refusals(world: World) -> None:
    said = refusal(world, "refusals", f"不合格原因,姓名\n{WHY},陈\n".encode())
    assert said == "缺少必需的列：准考证号 / 身份证号。请补上，或选择另一种格式。"


def test_what_the_layout_lets_in_the_candidate_reads_in_full() -> None:
    assert LAYOUT.fields["reason"].longest == OPINION
