"""What was deleted is not there: nobody approves a case whose pictures are gone, and the candidate sends them again."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import update

from app.application.model import Application
from app.application.workflow import Status
from app.documents.model import Document
from app.identity.model import Office
from app.portrait.model import Capture
from app.review.model import Decision
from tests.documents.wanted import PaperDesk
from tests.page import words
from tests.review.deciding import approve_all, decide, hashes, opened, path, status_of
from tests.review.test_undo import undo
from tests.review.waiting import document, now_of, reviewer, waiting
from tests.visitors import Visitor
from tests.world import FakeClock, World, picture

FULL = (Status.FULL_REVIEW_CITY, Status.FULL_REVIEW_PROVINCE)
REVIEWS = (*FULL, Status.DOCUMENT_REVIEW_CITY, Status.DOCUMENT_REVIEW_PROVINCE, Status.PORTRAIT_REVIEW)


def purged(world: World) -> list[int]:
    """What `flask purge` says it deleted: drafts, rejected portraits, pictures of documents."""
    said = world.app.test_cli_runner().invoke(args=["purge"], catch_exceptions=False).output
    return [int(number) for number in re.findall(r"(\d+) (?:drafts|rejected|pictures)", said)]


def gone(world: World, application: Application, *items: str) -> None:
    """Their bytes were deleted, as an older version did it: the rows still stand."""
    with world.dependencies.db.writing() as db:
        for kind in (Capture, Document) if "portrait" in items else (Document,):
            own = update(kind).where(kind.application_id == application.id)
            own = own.where(Document.slot.in_(items)) if kind is Document else own
            db.execute(own.values(original=None, preview=None))


@pytest.fixture
def reviewers(officer: Visitor, provincial: Visitor) -> dict[Status, Visitor]:
    """Who decides in which status."""
    return {status: provincial if "PROVINCE" in status else officer for status in REVIEWS}


@pytest.mark.parametrize("status", REVIEWS)
def test_nothing_that_waits_for_an_office_is_deleted_however_long_it_waits(
    world: World, clock: FakeClock, city: Office, status: Status
) -> None:
    waiting(world, city, status)
    before = world.blobs()
    clock.move(days=800)
    assert purged(world) == [0, 0, 0]
    assert world.blobs() == before != set()


@pytest.mark.parametrize("status", REVIEWS)
def test_a_case_whose_picture_is_gone_cannot_be_approved(
    world: World, city: Office, reviewers: dict[Status, Visitor], status: Status
) -> None:
    application, looker = waiting(world, city, status), reviewers[status]
    item = "portrait" if status == Status.PORTRAIT_REVIEW else "back" if "DOCUMENT" in status else "front"
    gone(world, application, item)
    page = looker.go(path(application))
    assert "这些图片已经不在了" in page.text
    for said in ({"all": "approve"}, {f"choice.{item}": "approve", "submit": "yes"}, {"submit": "yes"}):
        fields = {f"chosen.{each}": "approve" for each in hashes(looker)} | {"status": status}
        fields |= {f"sha256.{each}": sha256 for each, sha256 in hashes(looker).items()}
        answer = looker.post(path(application, "/decide"), fields | said)
        assert answer.status_code == 422
        assert "已经不在了，不能通过" in answer.text
    assert status_of(world, application) == status
    assert world.rows(Decision) == []


@pytest.mark.parametrize("status", REVIEWS)
def test_it_goes_back_to_the_candidate_who_is_told_why(
    world: World, city: Office, reviewers: dict[Status, Visitor], status: Status
) -> None:
    application, looker = waiting(world, city, status), reviewers[status]
    item = "portrait" if status == Status.PORTRAIT_REVIEW else "holding"
    gone(world, application, item)
    looker.go(path(application))
    reasons = [each for each in looker.page.all("input") if each.get("name") == f"reason.{item}"]
    assert [(each.get("value"), "checked" in each.attrib) for each in reasons] == [("gone", True)]
    assert decide(looker, application, **{item: "gone"}).status_code == 303
    back = Status.CAPTURE if item == "portrait" else Status.DOCUMENTS
    assert status_of(world, application) == back
    desk = world.newcomer(now_of(world, application).candidate)
    assert "已按规定删除。请重新提交" in desk.go("/apply").text
    if back == Status.DOCUMENTS:
        assert "还缺：" in desk.go("/apply/documents").text


def test_such_a_rejection_can_be_undone(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    gone(world, application, "front")
    decide(officer, application, front="gone", back="copy")
    assert "已撤销" in undo(officer).text
    assert status_of(world, application) == Status.FULL_REVIEW_CITY
    assert set(opened(officer, application)) == {"portrait", "front", "back", "holding"}


def test_what_is_there_again_is_reviewed_as_usual(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    gone(world, application, "front")
    with world.dependencies.db.writing() as db:
        row = db.query(Document).filter_by(application_id=application.id, slot="front").one()
        row.ended_at, row.end_reason = world.clock.now(), "retention"
    document(world, application, "front")
    approve_all(officer, application)
    assert status_of(world, application) == Status.FULL_REVIEW_PROVINCE


def test_the_province_never_approves_documents_that_were_deleted_meanwhile(
    world: World, clock: FakeClock, city: Office, officer: Visitor, provincial: Visitor
) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY, id_type="港澳居民来往内地通行证")
    approve_all(officer, application)
    decide(provincial, application, front="approve", back="approve", holding="approve", portrait="retouched")
    assert status_of(world, application) == Status.CAPTURE
    clock.move(days=181)
    assert purged(world) == [0, 1, 3]
    assert world.blobs() == set()
    desk = PaperDesk(world.app, world.origin)
    desk.log_in(now_of(world, application).candidate)
    with world.dependencies.db.writing() as db:
        row = db.get_one(Application, application.id)
        row.consented_at = row.informed_at = clock.now()
    phone = world.phone()
    desk.go("/apply/capture")
    assert phone.claim(desk.token()).status_code == 200
    phone.confirm()
    assert phone.send(picture(9)).status_code == 201
    desk.go("/apply/capture")
    page = desk.press("我已摄像完成，下一步")
    assert status_of(world, application) == Status.DOCUMENTS
    assert "还缺：通行证正面、通行证反面、手持通行证。" in page.text
    assert words(page.all("main")[0]).count("之前的图片已过保存期限") == 3
    desk.fill()
    desk.press("提交证件附件")
    assert status_of(world, application) == Status.FULL_REVIEW_CITY
    again = world.visitor(reviewer(world, city))
    assert set(opened(again, application)) == {"portrait", "front", "back", "holding"}
