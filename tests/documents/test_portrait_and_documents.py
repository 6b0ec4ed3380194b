"""With another document than an ID card the portrait and the pictures of the document are reviewed together."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from app.application.model import Application, Receipt
from app.application.workflow import Status
from app.documents.model import Document
from app.portrait.model import Capture
from tests import people
from tests.documents.wanted import PaperDesk
from tests.visitors import Pair
from tests.world import World, picture

NEXT = "我已摄像完成，下一步"
PERMIT = "港澳居民来往内地通行证"


@pytest.fixture
def pair(world: World) -> Pair:
    """A desk and a phone that are connected for the portrait."""
    return world.paired(world.add(people.candidate(id_type=PERMIT, id_number="H00000003")))


@pytest.fixture
def desk(world: World, pair: Pair) -> PaperDesk:
    """The portrait is there and shown."""
    desk, phone = pair
    assert phone.send(picture()).status_code == 201
    browser = PaperDesk(world.app, world.origin, desk.client)
    browser.go("/apply/capture")
    return browser


def status(world: World) -> str:
    return world.rows(Application)[0].status


def test_after_the_portrait_the_documents_are_asked_for_at_once(world: World, desk: PaperDesk) -> None:
    page = desk.press(NEXT)
    assert status(world) == Status.DOCUMENTS
    assert "还缺：通行证正面、通行证反面、手持通行证。" in page.text


def test_the_phone_hears_that_the_portrait_is_saved_and_not_that_it_was_handed_in(
    world: World, pair: Pair, desk: PaperDesk
) -> None:
    desk.press(NEXT)
    said = pair[1].state().get_json()["error"]
    assert (said["code"], said["why"]) == ("handed_over", "saved")
    assert said["text"] == "照片已保存，还没有提交审核。请回到电脑继续，上传证件附件。"
    caller = world.visitor(world.add(people.support()))
    told = caller.press("查找", number=world.rows(Application)[0].candidate.exam_number).text
    assert "照片已保存，连接结束；还要上传证件附件才能提交审核" in told
    assert "已提交审核，连接结束" not in told


def test_then_all_of_it_goes_to_the_city_office(world: World, desk: PaperDesk) -> None:
    desk.press(NEXT)
    desk.fill()
    desk.press("提交证件附件")
    assert status(world) == Status.FULL_REVIEW_CITY
    assert [row.kind for row in world.rows(Receipt)] == ["application", "portrait", "documents"]


def test_when_only_the_portrait_was_rejected_the_new_one_goes_straight_to_review(world: World, desk: PaperDesk) -> None:
    desk.press(NEXT)
    desk.fill()
    desk.press("提交证件附件")
    retaken(world, desk, Capture)
    desk.press(NEXT)
    assert status(world) == Status.FULL_REVIEW_CITY
    assert [row.kind for row in world.rows(Receipt)] == ["application", "portrait", "documents", "portrait"]


def test_when_a_document_was_rejected_too_it_is_asked_for_next(world: World, desk: PaperDesk) -> None:
    desk.press(NEXT)
    desk.fill()
    desk.press("提交证件附件")
    with world.dependencies.db.writing() as db:
        back = update(Document).where(Document.slot == "back")
        db.execute(back.values(ended_at=world.clock.now(), end_reason="rejected"))
    retaken(world, desk, Capture)
    page = desk.press(NEXT)
    assert status(world) == Status.DOCUMENTS
    assert "还缺：通行证反面。" in page.text


def retaken(world: World, desk: PaperDesk, table: type[Capture]) -> None:
    """An office rejected the portrait; the phone has sent another, and the desktop shows it."""
    with world.dependencies.db.writing() as db:
        db.execute(update(table).values(ended_at=world.clock.now(), end_reason="rejected"))
        db.execute(update(Application).values(status=Status.CAPTURE))
    phone = world.phone()
    desk.go("/apply/capture")
    assert phone.claim(desk.token()).status_code == 200
    phone.confirm()
    assert phone.send(picture(2)).status_code == 201
    desk.go("/apply/capture")
