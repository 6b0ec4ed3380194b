"""A portrait that was only saved, beside documents that were never handed in, is kept no longer than a draft."""

from __future__ import annotations

import re

import pytest

from app.application.model import Application
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.documents.model import Document
from app.identity.model import Candidate
from app.portrait.model import Capture
from tests import people
from tests.documents.wanted import PaperDesk
from tests.page import Page
from tests.world import FakeClock, World, picture

NEXT, SUBMIT = "我已摄像完成，下一步", "提交证件附件"


def purged(world: World) -> list[int]:
    """What `flask purge` says: drafts, rejected portraits, pictures of documents."""
    said = world.app.test_cli_runner().invoke(args=["purge"], catch_exceptions=False).output
    return [int(number) for number in re.findall(r"(\d+) (?:drafts|rejected|pictures)", said)]


def status(world: World) -> str:
    return world.rows(Application)[0].status


@pytest.fixture
def person(world: World) -> Candidate:
    return world.add(people.candidate(id_type="港澳居民来往内地通行证", id_number="H00000003"))


def at_documents(world: World, person: Candidate, seed: int = 1) -> PaperDesk:
    """The portrait is there and saved; documents are wanted beside it."""
    desk, phone = world.paired(person)
    assert phone.send(picture(seed)).status_code == 201
    desk.look()
    desk.press(NEXT)
    return papers(world, person)


def papers(world: World, person: Candidate) -> PaperDesk:
    browser = PaperDesk(world.app, world.origin)
    browser.log_in(person)
    return browser


def take_again(world: World, person: Candidate, seed: int) -> tuple[PaperDesk, Page]:
    """Another portrait, from the page on; the page after it is saved."""
    desk, phone = papers(world, person), world.phone()
    desk.go("/apply/capture")
    assert phone.claim(desk.token()).status_code == 200
    phone.confirm()
    assert phone.send(picture(seed)).status_code == 201
    desk.go("/apply/capture")
    return desk, desk.press(NEXT)


def test_it_goes_with_the_days_of_drafts_and_no_sooner(world: World, clock: FakeClock, person: Candidate) -> None:
    at_documents(world, person)
    clock.move(days=30)
    assert purged(world) == [0, 0, 0]
    assert status(world) == Status.DOCUMENTS
    clock.move(seconds=1)
    assert purged(world) == [1, 0, 0]
    assert world.blobs() == set()
    [row] = world.rows(Capture)
    assert (row.end_reason, row.original, bool(row.report)) == ("retention", None, True)
    assert purged(world) == [0, 0, 0]


def test_the_candidate_is_told_and_takes_it_again(world: World, clock: FakeClock, person: Candidate) -> None:
    at_documents(world, person)
    clock.move(days=31)
    purged(world)
    desk = papers(world, person)
    page = desk.go("/apply")
    assert "保存的照片超过期限没有提交，已按规定删除。请点“申请”重新拍照。" in page.text
    assert desk.get("/apply/documents").location == "/apply"
    page = desk.press("申请")
    assert desk.address == "/apply/capture"
    desk, _page = take_again(world, person, seed=2)
    assert status(world) == Status.DOCUMENTS
    assert "已按规定删除" not in desk.go("/apply").text
    desk.go("/apply/documents")
    desk.fill()
    desk.press(SUBMIT)
    assert status(world) == Status.FULL_REVIEW_CITY


def test_it_is_an_arrow_that_the_server_takes_and_support_can_read_aloud(
    world: World, clock: FakeClock, person: Candidate
) -> None:
    at_documents(world, person)
    clock.move(days=31)
    purged(world)
    assert [(row.actor, row.action) for row in world.rows(AuditRow)][-1] == ("server", "portrait_expired")
    caller = world.visitor(world.add(people.support()))
    told = caller.press("查找", number=person.exam_number).text
    assert "保存的毕业证照片过期没有提交，已删除；考生需要重新拍照" in told


def test_documents_that_were_uploaded_meanwhile_stay_the_candidates_to_hand_in(
    world: World, clock: FakeClock, person: Candidate
) -> None:
    desk = at_documents(world, person)
    clock.move(days=20)
    desk = papers(world, person)
    desk.go("/apply/documents")
    desk.fill()
    clock.move(days=11)
    assert purged(world) == [1, 0, 0]
    desk, page = take_again(world, person, seed=2)
    assert status(world) == Status.DOCUMENTS, "nobody has pressed 提交 for the documents yet"
    assert page.has_button(SUBMIT)
    desk.press(SUBMIT)
    assert status(world) == Status.FULL_REVIEW_CITY
    assert all(row.handed_over_at for row in world.rows(Document, ended_at=None))
    clock.move(days=400)
    assert purged(world) == [0, 0, 0], "they wait for an office"


def test_what_an_office_has_been_given_is_no_draft(world: World, clock: FakeClock, person: Candidate) -> None:
    desk = at_documents(world, person)
    desk.go("/apply/documents")
    desk.fill()
    desk.press(SUBMIT)
    clock.move(minutes=1)
    with world.dependencies.db.writing() as db:
        row = db.query(Application).one()
        row.status, row.status_since = Status.DOCUMENTS, clock.now()
        back = db.query(Document).filter_by(slot="back").one()
        back.ended_at, back.end_reason = clock.now(), "rejected"
    clock.move(days=100)
    assert purged(world) == [0, 0, 0]
    assert status(world) == Status.DOCUMENTS
    assert world.rows(Capture)[0].ended_at is None


def test_a_portrait_with_an_id_card_waits_for_the_office_as_long_as_it_takes(world: World, clock: FakeClock) -> None:
    desk, phone = world.paired()
    phone.send(picture())
    desk.look()
    desk.press(NEXT)
    clock.move(days=800)
    assert purged(world) == [0, 0, 0]


def test_a_draft_that_waited_too_long_is_told_too(world: World, clock: FakeClock) -> None:
    desk, phone = world.paired()
    phone.send(picture())
    person = world.rows(Application)[0].candidate
    clock.move(days=31)
    assert purged(world) == [1, 0, 0]
    assert "保存的照片超过期限没有提交，已按规定删除" in papers(world, person).go("/apply").text
    assert desk
