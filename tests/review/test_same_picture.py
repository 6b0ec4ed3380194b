"""A reviewer is told when several candidates have sent one and the same picture."""

from __future__ import annotations

from app.application.model import Application
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.documents.model import Document
from app.identity.model import Office
from app.portrait.model import Capture
from tests.page import words
from tests.review.deciding import path
from tests.review.waiting import office, waiting
from tests.visitors import Visitor
from tests.world import World

SAME = "5a" * 32


def with_the_same_portrait(world: World, where: Office, count: int) -> list[Application]:
    """So many candidates of this office, who have all handed over the same bytes."""
    cases = [waiting(world, where) for _each in range(count)]
    with world.dependencies.db.writing() as db:
        for case in cases:
            db.query(Capture).filter_by(application_id=case.id).one().sha256 = SAME
    return cases


def test_six_candidates_with_one_picture_are_told_of(world: World, city: Office, officer: Visitor) -> None:
    first, *others = with_the_same_portrait(world, city, 6)
    page = officer.go(path(first))
    assert "毕业证照片：另有 5 位考生提交了完全相同的图片。请核实是否本人。" in page.text
    links = {each.get("href") for each in page.all("a")}
    assert {path(other) for other in others} <= links


def test_whoever_is_named_beside_a_case_is_in_the_audit(world: World, city: Office, officer: Visitor) -> None:
    first, other = with_the_same_portrait(world, city, 2)
    officer.go(path(first))
    [row] = [each for each in world.rows(AuditRow, action="case_viewed") if each.application_id == first.id]
    assert str(other.id) in row.detail.split()


def test_of_another_citys_candidates_only_the_number_is_told(world: World, city: Office, officer: Visitor) -> None:
    [own] = with_the_same_portrait(world, city, 1)
    [other] = with_the_same_portrait(world, office(world, name="深圳市考办"), 1)
    page = officer.go(path(own))
    assert "另有 1 位考生" in page.text
    assert other.tag not in page.html


def test_pictures_of_documents_count_too_and_ones_own_do_not(world: World, city: Office, officer: Visitor) -> None:
    first, second, alone = (waiting(world, city, Status.DOCUMENT_REVIEW_CITY) for _each in range(3))
    with world.dependencies.db.writing() as db:
        for case in (first, second):
            db.query(Document).filter_by(application_id=case.id, slot="front").one().sha256 = SAME
        for document in db.query(Document).filter_by(application_id=alone.id):
            document.sha256 = "6b" * 32
    assert "身份证正面：另有 1 位考生" in officer.go(path(first)).text
    assert "完全相同" not in officer.go(path(alone)).text


def test_what_was_taken_again_before_it_was_handed_over_does_not_count(
    world: World, city: Office, officer: Visitor
) -> None:
    first, other = with_the_same_portrait(world, city, 2)
    with world.dependencies.db.writing() as db:
        capture = db.query(Capture).filter_by(application_id=other.id).one()
        capture.ended_at, capture.end_reason, capture.handed_over_at = world.clock.now(), "withdrawn", None
    assert "完全相同" not in officer.go(path(first)).text


def test_all_that_is_the_same_stands_in_one_notice(world: World, city: Office, officer: Visitor) -> None:
    first, second = (waiting(world, city, Status.DOCUMENT_REVIEW_CITY) for _each in range(2))
    with world.dependencies.db.writing() as db:
        for slot in ("front", "back"):
            for case in (first, second):
                db.query(Document).filter_by(application_id=case.id, slot=slot).one().sha256 = SAME
    officer.post("/language", {"language": "en"})
    page = officer.go(path(first))
    [notice] = [each for each in page.all("div") if each.get("class") == "banner warn"]
    assert words(notice).count("1 other candidate has submitted the very same photo.") == 2
