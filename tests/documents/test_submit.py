"""提交身份证附件: what is handed over, once; what comes back after a rejection; what is kept for how long."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select, update

from app.application.contributions import Contribution, Contributions, Opinion, ReviewSummary
from app.application.model import Application, Receipt
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.documents.model import Document
from app.documents.queries import is_complete
from app.http.provided import provided_by
from app.identity.actor_rules import Actor
from tests.documents.wanted import PASSPORT, PaperDesk, desk_of, name, paired
from tests.seams import contribute
from tests.together import at_once
from tests.visitors import reason
from tests.world import FakeClock, World, picture

SUBMIT, OF_OTHERS = "提交身份证附件", "提交证件附件"


@pytest.fixture
def desk(world: World) -> PaperDesk:
    """All three pictures are there."""
    made = desk_of(world)
    made.fill()
    return made


def status(world: World) -> str:
    return world.rows(Application)[0].status


def rejected(world: World, *slots: str) -> None:
    """As a review leaves it: these pictures count no more, the application is back."""
    now = world.clock.now()
    with world.dependencies.db.writing() as db:
        theirs = update(Document).where(Document.slot.in_(slots), Document.ended_at.is_(None))
        db.execute(theirs.values(ended_at=now, end_reason="rejected"))
        db.execute(update(Application).values(status=Status.DOCUMENTS, status_since=now))


def test_they_go_to_the_city_office_with_a_receipt(world: World, desk: PaperDesk, clock: FakeClock) -> None:
    desk.press(SUBMIT)
    assert status(world) == Status.DOCUMENT_REVIEW_CITY
    [receipt] = world.rows(Receipt)
    assert (receipt.kind, receipt.facts["pictures"]) == ("documents", 3)
    assert receipt.facts["front_sha256"] == name(picture(0))
    assert {row.handed_over_at for row in world.rows(Document)} == {clock.now()}
    assert [row.action for row in world.rows(AuditRow)][-1] == "submit_documents"


def test_with_another_document_portrait_and_documents_go_together(world: World) -> None:
    desk = desk_of(world, id_type=PASSPORT)
    desk.fill("front", "holding")
    desk.press(OF_OTHERS)
    assert status(world) == Status.FULL_REVIEW_CITY


def test_nothing_goes_while_one_is_missing(world: World) -> None:
    desk = desk_of(world)
    desk.fill("front", "back")
    answer = desk.post("/apply/documents/submit", {"seen": "whatever"})
    assert "还不齐全" in desk.go(answer.location).text
    assert status(world) == Status.DOCUMENTS


def test_a_picture_that_changed_meanwhile_does_not_go_unseen(world: World, desk: PaperDesk) -> None:
    other = PaperDesk(world.app, world.origin)
    other.client.set_cookie("session", desk.cookie("session") or "")
    other.choose("front", picture(9))
    assert "附件刚刚有变化" in desk.press(SUBMIT).text
    desk.press(SUBMIT)
    assert world.rows(Receipt)[0].facts["front_sha256"] == name(picture(9))


def test_pressed_eight_times_at_once_it_is_handed_over_once(world: World, desk: PaperDesk) -> None:
    [seen] = [each.attrib["value"] for each in desk.page.all("input") if each.get("name") == "seen"]

    def press() -> int:
        copy = PaperDesk(world.app, world.origin)
        copy.client.set_cookie("session", desk.cookie("session") or "")
        return copy.post("/apply/documents/submit", {"seen": seen}).status_code

    assert at_once(*[press] * 8) == [303] * 8
    assert len(world.rows(Receipt)) == 1


def test_the_phone_hears_that_it_is_over(world: World) -> None:
    desk, phone = paired(world)
    desk.fill()
    desk.press(SUBMIT)
    answer = phone.state()
    assert reason(answer) == (410, "handed_over")
    assert "证件附件已提交审核" in answer.get_json()["error"]["text"]
    assert answer.get_json()["error"]["purpose"] == "documents"


def test_only_what_was_rejected_has_to_be_replaced(world: World, desk: PaperDesk) -> None:
    desk.press(SUBMIT)
    rejected(world, "back")
    page = desk.look()
    assert "还缺：身份证反面。" in page.text
    assert "未通过" in page.text
    assert page.text.count("已提交过") == 2
    assert not page.has_button("移除 身份证正面")
    desk.choose("back", picture(7))
    desk.look()
    desk.press(SUBMIT)
    assert status(world) == Status.DOCUMENT_REVIEW_CITY
    assert [row.kind for row in world.rows(Receipt)] == ["documents", "documents"]


def test_the_reasons_stand_at_their_slot_and_the_opinion_stands_once(world: World, desk: PaperDesk) -> None:
    def said(item: str, *reasons: str) -> Opinion:
        words = ("请避开灯光再拍", None, "广州市考办", "020-00000000")
        return Opinion(item, item, False, reasons, *words, decided_at=world.clock.now())

    told = ReviewSummary((said("back", "反光"), said("front")))
    contribute(world, Contribution(review=lambda _db, _application: told))
    desk.press(SUBMIT)
    rejected(world, "back")
    rejected(world, "front")
    page = desk.look()
    cards = {each.get("data-slot"): "".join(each.itertext()) for each in page.all("li") if each.get("data-slot")}
    assert "反光" in cards["back"]
    assert "请看上面的审核意见" in cards["front"]
    assert desk.get("/apply/documents/panel").text.count("请避开灯光再拍") == 1


def test_a_rejected_picture_is_kept_until_its_time_is_over(world: World, desk: PaperDesk) -> None:
    desk.press(SUBMIT)
    rejected(world, "back")
    desk.choose("back", picture(7))
    assert len(world.blobs()) == 8
    desk.choose("front", picture(8))
    assert len(world.blobs()) == 10, "what an office has seen is kept when it is replaced, too"


def test_what_is_under_review_cannot_be_taken_back(world: World, desk: PaperDesk) -> None:
    desk.press(SUBMIT)
    assert desk.post("/apply/documents/front/remove").location == "/apply"
    rejected(world, "back")
    desk.post("/apply/documents/front/remove")
    assert [row.slot for row in world.rows(Document, ended_at=None)] == ["front", "holding"]


def test_drafts_and_what_was_decided_long_ago_are_purged(world: World, desk: PaperDesk, clock: FakeClock) -> None:
    clock.move(days=30, seconds=1)
    assert purged(world) == 3
    assert world.blobs() == set()
    again = PaperDesk(world.app, world.origin)
    again.log_in(world.rows(Application)[0].candidate)
    again.fill()
    again.press(SUBMIT)
    clock.move(days=400)
    assert purged(world) == 0, "nobody has decided yet"
    with world.dependencies.db.writing() as db:
        db.execute(update(Application).values(status=Status.CAPTURE, status_since=clock.now()))
    clock.move(days=179)
    assert purged(world) == 0
    clock.move(days=2)
    assert purged(world) == 3
    assert world.blobs() == set()


def test_a_withdrawn_application_keeps_no_picture(world: World, desk: PaperDesk) -> None:
    desk.press("提交身份证附件")
    rejected(world, "back")
    with world.dependencies.db.writing() as db:
        application = db.scalars(select(Application)).one()
        provided_by(world.app).get(Contributions).give_up(db, application, Actor.candidate(1), world.clock.now())
        assert not is_complete(db, application)
    assert world.blobs() == set()
    assert [row.end_reason for row in world.rows(Document)] == ["withdrawn", "rejected", "withdrawn"]


def test_sweep_finds_nothing_that_documents_refer_to(world: World, desk: PaperDesk) -> None:
    done = world.app.test_cli_runner().invoke(args=["sweep"])
    assert "store: sound" in done.output
    assert len(world.blobs()) == 6


def purged(world: World) -> int:
    """What `flask purge` says about documents."""
    said = world.app.test_cli_runner().invoke(args=["purge"], catch_exceptions=False).output
    found = re.search(r"(\d+) pictures of documents", said)
    assert found, said
    return int(found[1])
