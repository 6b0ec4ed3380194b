"""What follows for the candidate: opinions, the rejected picture, and the phone's guide."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.application.model import Application
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.identity.model import Candidate, Office
from tests.documents.wanted import PaperDesk, PaperPhone
from tests.review.deciding import approve_all, decide, hashes, hidden, opened, path, status_of
from tests.review.waiting import waiting
from tests.visitors import Desk, Pair, Phone, Visitor
from tests.world import World, picture


@pytest.fixture
def handed_in(world: World, pair: Pair, city: Office) -> tuple[Desk, Phone, Application]:
    """A candidate at a PC and their phone; their portrait is before the city's office."""
    desk, phone = pair
    desk.press("我已摄像完成，下一步")
    with world.dependencies.db.writing() as db:
        db.execute(update(Application).values(office_id=city.id))
    return desk, phone, world.rows(Application)[0]


def reject(officer: Visitor, application: Application, **fields: str) -> TestResponse:
    """不通过, with a reason of the rule pack, a marked place and a word."""
    officer.go(path(application))
    said = {
        "status": "PORTRAIT_REVIEW",
        "sha256.portrait": hashes(officer)["portrait"],
        "choice.portrait": "reject",
        "reason.portrait": "eye_line.too_high",
        "region.portrait": "0.2,0.3,0.4,0.2",
        "opinion": "请放低手机",
    }
    return officer.post(path(application, "/decide"), said | fields)


def test_after_a_resubmission_the_opinion_is_called_the_last_one(
    world: World, officer: Visitor, handed_in: tuple[Desk, Phone, Application]
) -> None:
    desk, phone, application = handed_in
    reject(officer, application)
    assert "上一次审核意见" not in desk.go("/apply").text
    desk.press("下一步")
    phone.claim(desk.token())
    phone.confirm()
    phone.send(picture(2))
    desk.look()
    desk.press("我已摄像完成，下一步")
    page = desk.go("/apply")
    assert "正在审核中" in page.text
    assert "上一次审核意见" in page.text


def test_the_candidate_reads_the_opinion_and_sees_the_marked_place(
    world: World, officer: Visitor, handed_in: tuple[Desk, Phone, Application]
) -> None:
    desk, _phone, application = handed_in
    reject(officer, application)
    page = desk.go("/apply")
    for words in ("不通过", "脸的位置太低", "请放低手机", "广州市考办", "020-00000000"):
        assert words in page.text
    [rectangle] = [each for each in page.all("rect") if each.get("width") == "0.4"]
    assert (rectangle.get("x"), rectangle.get("y"), rectangle.get("height")) == ("0.2", "0.3", "0.2")
    answer = desk.get("/apply/rejected/portrait")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert world.rows(AuditRow)[-1].action == "picture_viewed"


def test_the_candidate_reads_their_own_words_for_what_was_decided(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    decide(officer, application, portrait="approve", front="unreadable", back="approve", holding="approve")
    person = world.rows(Application)[0].candidate
    for page in ("/apply", "/result"):
        assert "护照资料页：不通过" in world.newcomer(person).go(page).text


@pytest.fixture
def sent_back(world: World, city: Office, officer: Visitor) -> tuple[PaperDesk, Candidate]:
    """A candidate's PC; the office has rejected the front of their passport and marked a place on it."""
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    said = {f"choice.{item}": "approve" for item in opened(officer, application)} | {
        "choice.front": "reject",
        "reason.front": "unreadable",
        "region.front": "0.1,0.2,0.3,0.4",
    }
    form, _button = officer.page.button("提交审核结果")
    officer.post(form.attrib["action"], hidden(form) | said | {"submit": "yes"})
    return PaperDesk(world.app, world.origin), world.rows(Application)[0].candidate


def test_a_marked_document_is_shown_at_its_slot_beside_the_opinion(sent_back: tuple[PaperDesk, Candidate]) -> None:
    desk, person = sent_back
    desk.log_in(person)
    page = desk.look()
    [slot] = [each for each in page.all("li") if each.get("data-slot") == "front"]
    [image], [rectangle] = slot.iter("img"), slot.iter("rect")
    assert [rectangle.get(name) for name in ("x", "y", "width", "height")] == ["0.1", "0.2", "0.3", "0.4"]
    assert image.get("src") == "/apply/rejected/front"
    assert desk.get("/apply/rejected/front").data.startswith(b"previewfront")
    assert "看不清" in "".join(slot.itertext())
    desk.fill("front")
    assert desk.get("/apply/rejected/front").status_code == 404, "it has been replaced"


def test_only_the_candidate_sees_it_and_their_phone_learns_where(
    world: World, officer: Visitor, sent_back: tuple[PaperDesk, Candidate]
) -> None:
    desk, person = sent_back
    desk.log_in(person)
    desk.look(phone=True)
    phone = PaperPhone(world.app, world.origin)
    phone.claim(desk.token())
    [front] = [each for each in phone.state().get_json()["documents"]["slots"] if each["slot"] == "front"]
    assert front["rejected"] == {"width": 1200, "height": 1600, "region": [0.1, 0.2, 0.3, 0.4]}
    assert phone.client.get("/apply/rejected/front", base_url=world.origin).status_code == 403
    assert officer.get("/apply/rejected/front").status_code == 403
    assert world.desk().get("/apply/rejected/front").status_code == 404
    assert world.visitor().get("/apply/rejected/front").location.startswith("/login")


def test_nobody_else_sees_it(world: World, officer: Visitor, handed_in: tuple[Desk, Phone, Application]) -> None:
    _desk, _phone, application = handed_in
    reject(officer, application)
    assert world.desk().get("/apply/rejected/portrait").status_code == 404
    assert officer.get("/apply/rejected/portrait").status_code == 403


@pytest.mark.parametrize("item", ["front", "x", "%00", "..%2fx"])
def test_what_was_not_rejected_is_not_found(
    world: World, officer: Visitor, handed_in: tuple[Desk, Phone, Application], item: str
) -> None:
    desk, _phone, application = handed_in
    assert desk.get("/apply/rejected/portrait").status_code == 404
    reject(officer, application)
    assert desk.get(f"/apply/rejected/{item}").status_code == 404


def test_the_dialog_repeats_why_the_portrait_is_taken_again(
    officer: Visitor, handed_in: tuple[Desk, Phone, Application]
) -> None:
    desk, _phone, application = handed_in
    reject(officer, application)
    desk.go("/apply")
    desk.press("下一步")
    for page in (desk.go("/apply/capture/panel"), desk.go("/apply/capture")):
        assert "上次的照片没有通过审核" in page.text
        assert "脸的位置太低" in page.text
        assert "请放低手机" in page.text


def rejected_and_scanned_again(
    world: World, officer: Visitor, handed_in: tuple[Desk, Phone, Application]
) -> tuple[Desk, Phone, Application]:
    """The desk at a new code, the phone that has scanned it, the application."""
    desk, _phone, application = handed_in
    reject(officer, application)
    desk.go("/apply")
    desk.press("下一步")
    phone = world.phone()
    phone.claim(desk.token())
    return desk, phone, application


def test_the_page_says_that_another_portrait_has_arrived(
    world: World, officer: Visitor, handed_in: tuple[Desk, Phone, Application]
) -> None:
    desk, phone, _application = rejected_and_scanned_again(world, officer, handed_in)
    phone.confirm()
    phone.send(picture(2))
    assert "照片已收到。请点“下一步”，核对并提交。" in desk.go("/apply").text


def test_the_phone_is_told_why_until_another_picture_is_handed_over(
    world: World, officer: Visitor, handed_in: tuple[Desk, Phone, Application]
) -> None:
    desk, phone, application = rejected_and_scanned_again(world, officer, handed_in)
    rejected = phone.state().get_json()["rejected"]
    assert rejected["reasons"] == ["eye_line.too_high"]
    assert rejected["region"] == [0.2, 0.3, 0.4, 0.2]
    assert "脸的位置太低" in rejected["texts"][0]
    phone.confirm()
    phone.send(picture(2))
    desk.look()
    desk.press("我已摄像完成，下一步")
    assert status_of(world, application) == Status.PORTRAIT_REVIEW
    officer.go(path(application))
    assert hashes(officer) == {"portrait": hashlib.sha256(picture(2)).hexdigest()}


def test_an_approval_lets_the_candidate_submit(
    world: World, officer: Visitor, handed_in: tuple[Desk, Phone, Application]
) -> None:
    desk, _phone, application = handed_in
    approve_all(officer, application)
    assert desk.go("/apply").has_button("申请")
