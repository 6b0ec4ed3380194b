"""A picture that is in a row but not in the store: it is not handed over, and the way to another one works."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from app.application.model import Application, Receipt
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.documents.model import Document
from app.portrait.model import BLOBS, Capture
from tests import people
from tests.base.vault import blob_file, flip
from tests.documents.wanted import SLOTS, PaperDesk, desk_of
from tests.visitors import Pair, Phone, reason
from tests.world import NewWorld, World, picture

NEXT, SUBMIT, OF_OTHERS = "我已摄像完成，下一步", "提交身份证附件", "提交证件附件"


def blob(world: World, name: str | None) -> Path:
    return blob_file(world.folder / "store", str(name))


def actions(world: World) -> list[str]:
    return [row.action for row in world.rows(AuditRow)]


@pytest.fixture
def made(world: World) -> None:
    """The checks have made all that they can."""
    world.inspector.made = {"registered_photo": b"to be registered", "overlay": b"what the checks saw"}


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), flip], ids=["missing", "damaged"])
@pytest.mark.parametrize("which", BLOBS)
def test_a_portrait_of_which_anything_is_lost_is_asked_for_again(
    made: None, world: World, pair: Pair, spoil: Callable[[Path], None], which: str, caplog: pytest.LogCaptureFixture
) -> None:
    desk, phone = pair
    spoil(blob(world, getattr(world.rows(Capture)[0], which)))
    with caplog.at_level(logging.ERROR):
        page = desk.press(NEXT)
    assert "请重新拍一张" in page.text
    assert not page.has_button(NEXT)
    assert (world.rows(Receipt, kind="portrait"), world.rows(Application)[0].status) == ([], Status.CAPTURE)
    assert [(row.end_reason, row.original) for row in world.rows(Capture)] == [("lost", None)]
    assert "capture_lost" in actions(world)
    assert "the portrait 1 of application 1 is lost" in caplog.text
    assert (phone.state().get_json()["state"], phone.state().get_json()["capture"]) == ("confirmed", None)
    assert phone.send(picture()).status_code == 201, "the same picture, which the phone may still have, will do"
    desk.look()
    assert "已提交市考办审核" in desk.press(NEXT).text


def test_support_reads_what_happened(world: World, pair: Pair) -> None:
    desk, _phone = pair
    blob(world, world.rows(Capture)[0].original).unlink()
    desk.press(NEXT)
    caller = world.visitor(world.add(people.support()))
    told = caller.press("查找", number=world.rows(Application)[0].candidate.exam_number).text
    assert "照片在服务器上读不出来，没有提交，需要考生重拍" in told


def test_a_missing_key_is_mended_by_its_operator_and_costs_nobody_a_picture(
    world: World, new_world: NewWorld, pair: Pair
) -> None:
    desk, _phone = pair
    other = new_world(clock=world.clock, store_keys="two:" + "b" * 43 + "=")
    browser = other.newcomer(other.rows(Application)[0].candidate)
    browser.look()
    browser.press(NEXT)
    assert "暂时不能保存或读取" in browser.page.text
    assert other.rows(Capture, ended_at=None)
    assert "已提交市考办审核" in desk.press(NEXT).text


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), flip], ids=["missing", "damaged"])
def test_a_document_that_is_lost_leaves_its_slot_empty(
    world: World, spoil: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    desk = desk_of(world)
    desk.fill()
    spoil(blob(world, world.rows(Document, slot="back")[0].preview))
    with caplog.at_level(logging.ERROR):
        page = desk.press(SUBMIT)
    assert "请重新上传缺少的附件" in page.text
    assert "还缺：身份证反面。" in page.text
    assert (world.rows(Receipt), world.rows(Application)[0].status) == ([], Status.DOCUMENTS)
    assert "document_lost" in actions(world)
    assert "have to be taken again" in caplog.text
    desk.fill("back")
    desk.press(SUBMIT)
    assert world.rows(Application)[0].status == Status.DOCUMENT_REVIEW_CITY


@pytest.fixture
def permit(world: World) -> tuple[PaperDesk, Phone]:
    """A candidate without an ID card, whose portrait is here and shown."""
    desk, phone = world.paired(world.add(people.candidate(id_type="港澳居民来往内地通行证", id_number="H00000003")))
    phone.send(picture(9))
    browser = PaperDesk(world.app, world.origin, desk.client)
    browser.go("/apply/capture")
    return browser, phone


def test_a_portrait_that_was_saved_is_looked_for_when_the_documents_go(
    world: World, permit: tuple[PaperDesk, Phone]
) -> None:
    desk, _phone = permit
    desk.press(NEXT)
    desk.fill()
    blob(world, world.rows(Capture)[0].original).unlink()
    page = desk.press(OF_OTHERS)
    assert "证件附件都还在" in page.text
    assert world.rows(Application)[0].status == Status.CAPTURE
    desk.go("/apply/capture")
    phone = world.phone()
    assert phone.claim(desk.token()).status_code == 200
    phone.confirm()
    assert phone.send(picture(10)).status_code == 201
    desk.go("/apply/capture")
    desk.press(NEXT)
    assert world.rows(Application)[0].status == Status.DOCUMENTS
    desk.go("/apply/documents")
    desk.press(OF_OTHERS)
    assert world.rows(Application)[0].status == Status.FULL_REVIEW_CITY


def test_documents_that_go_along_with_a_portrait_are_looked_for_too(
    world: World, permit: tuple[PaperDesk, Phone]
) -> None:
    desk, phone = permit
    desk.press(NEXT)
    desk.fill()
    blob(world, world.rows(Capture)[0].original).unlink()
    desk.press(OF_OTHERS)
    blob(world, world.rows(Document, slot="front")[0].original).unlink()
    desk.go("/apply/capture")
    phone = world.phone()
    phone.claim(desk.token())
    phone.confirm()
    phone.send(picture(10))
    desk.go("/apply/capture")
    page = desk.press(NEXT)
    assert "请重新上传缺少的附件" in page.text
    assert "还缺：通行证正面。" in page.text
    assert world.rows(Application)[0].status == Status.DOCUMENTS


def test_sweep_ends_with_one_and_names_what_is_missing_damaged_or_locked(
    world: World, new_world: NewWorld, pair: Pair
) -> None:
    run = world.app.test_cli_runner().invoke
    done = run(args=["sweep"])
    assert (done.exit_code, "sound" in done.output) == (0, True)
    [row] = world.rows(Capture)
    blob(world, row.original).unlink()
    flip(blob(world, row.preview))
    done = run(args=["sweep"])
    assert done.exit_code == 1
    assert f"missing: {row.original}" in done.output
    assert f"damaged: {row.preview}" in done.output
    other = new_world(clock=world.clock, store_keys="two:" + "b" * 43 + "=")
    done = other.app.test_cli_runner().invoke(args=["sweep"])
    assert (done.exit_code, f"locked: {row.preview}" in done.output) == (1, True)


def test_a_lost_document_of_a_phone_is_asked_for_on_the_phone_again(world: World) -> None:
    from tests.documents.wanted import paired

    desk, phone = paired(world)
    for number, slot in enumerate(SLOTS):
        assert phone.send_to(slot, picture(number)).status_code == 201
    assert phone.state().get_json()["state"] == "received"
    blob(world, world.rows(Document, slot="front")[0].original).unlink()
    desk.look()
    desk.press(SUBMIT)
    assert phone.slots() == {"front": "missing", "back": "received", "holding": "received"}
    assert phone.state().get_json()["state"] == "confirmed"
    assert reason(phone.send_to("nose", picture())) == (404, "no_slot")
    assert phone.send_to("front", picture(0)).status_code == 201
