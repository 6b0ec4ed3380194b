"""身份证附件 on a PC: what is shown, what is taken, what is refused and where that is said."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.application.model import Application
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.documents.model import Document
from tests import people
from tests.documents.wanted import PASSPORT, SLOTS, PaperDesk, application, desk_of, name
from tests.visitors import reason
from tests.world import NewWorld, World, picture

SUBMIT = "提交身份证附件"


@pytest.fixture
def desk(world: World) -> PaperDesk:
    return desk_of(world)


def test_the_dialog_has_a_row_for_each_picture_and_says_what_is_missing(desk: PaperDesk) -> None:
    for words in (
        "身份证附件",
        "附件应为JPG、PNG或者JPEG格式，大小应小于1M。",
        "还缺：身份证正面、身份证反面、手持身份证。",
    ):
        assert words in desk.page.text
    for button in ("上传身份证正面附件", "上传身份证反面附件", "上传手持身份证附件", "取消"):
        assert desk.page.has_button(button)
    assert not desk.page.has_button(SUBMIT)


def test_a_passport_is_called_a_passport(world: World) -> None:
    page = desk_of(world, id_type=PASSPORT, id_number="E00000001").page
    assert "证件附件" in page.text
    assert "还缺：护照资料页、手持护照。" in page.text
    assert not page.has_button("上传护照反面附件")


def test_everything_stands_there_in_english_too(desk: PaperDesk) -> None:
    page = desk.press("English")
    assert "Still missing: ID card front, ID card back, ID card in hand." in page.text


def test_a_picture_is_received_shown_and_no_longer_missing(world: World, desk: PaperDesk) -> None:
    page = desk.fill("front")
    assert "已收到 1600×1000 像素，58 KB" in page.text
    assert "还缺：身份证反面、手持身份证。" in page.text
    [row] = world.rows(Document)
    assert (row.slot, row.source, row.bytes, row.sha256) == ("front", "desk", 60_000, name(picture(0)))
    assert world.dependencies.store.get(str(row.original)) == picture(0)


def test_the_script_gets_json(desk: PaperDesk) -> None:
    answer = desk.choose("front", picture(), json=True)
    assert answer.status_code == 201
    assert answer.get_json()["document"]["sha256"] == name(picture())
    assert desk.choose("front", picture(), json=True).status_code == 200
    assert desk.choose("back", picture(size=1_048_575), json=True).status_code == 201


def test_the_same_picture_again_is_one_row(world: World, desk: PaperDesk) -> None:
    desk.choose("front", picture())
    desk.choose("front", picture())
    assert (len(world.rows(Document)), world.transcoder.seen) == (1, 1)


def test_one_picture_may_stand_in_two_slots(world: World, desk: PaperDesk) -> None:
    desk.choose("front", picture())
    desk.choose("back", picture())
    desk.look()
    desk.press("移除 身份证正面")
    assert len(world.blobs()) == 2
    assert desk.get(f"/apply/documents/picture/{name(picture())}").status_code == 200


def test_another_picture_replaces_the_first_and_its_blobs_go(world: World, desk: PaperDesk) -> None:
    desk.choose("front", picture(1))
    before = world.blobs()
    desk.choose("front", picture(2))
    assert [(row.end_reason, bool(row.original)) for row in world.rows(Document)] == [("replaced", False), (None, True)]
    assert not world.blobs() & before


def test_it_can_be_removed(world: World, desk: PaperDesk) -> None:
    desk.fill("front", "back")
    page = desk.press("移除 身份证正面")
    assert "还缺：身份证正面、手持身份证。" in page.text
    assert len(world.blobs()) == 2
    assert [row.end_reason for row in world.rows(Document)] == ["withdrawn", None]


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (picture(size=1_048_576), "image/jpeg", "附件大小应小于1M"),
        (picture(size=9_000_000), "image/jpeg", "附件大小应小于1M"),
        (b"%PDF-1.7".ljust(9_000), "application/pdf", "这不是 JPEG、PNG 或 HEIC 照片"),
        (picture(), "image/png", "这不是 JPEG、PNG 或 HEIC 照片"),
        (picture(damaged=True), "image/jpeg", "读不出来"),
        (b"", "image/jpeg", "没有选择文件"),
    ],
)
def test_a_refusal_is_said_at_its_slot_and_nothing_else_is_lost(
    world: World, desk: PaperDesk, body: bytes, kind: str, said: str
) -> None:
    desk.fill("front")
    assert desk.choose("back", body, kind=kind).status_code == 303
    page = desk.look()
    [error] = [each for each in page.all("p") if each.get("id") == "error-back"]
    assert said in "".join(error.itertext())
    assert "还缺：身份证反面、手持身份证。" in page.text
    assert len(world.rows(Document)) == 1
    assert said not in desk.look().text


@pytest.mark.parametrize(
    ("body", "kind", "answer"),
    [
        (picture(size=1_048_576), "image/jpeg", (413, "too_large")),
        (picture(), "image/gif", (415, "wrong_type")),
        (picture(damaged=True), "image/jpeg", (422, "unreadable")),
        (b"", "image/jpeg", (400, "empty")),
    ],
)
def test_the_script_hears_the_same_refusals(
    world: World, desk: PaperDesk, body: bytes, kind: str, answer: tuple[int, str]
) -> None:
    assert reason(desk.choose("front", body, kind=kind, json=True)) == answer
    assert world.blobs() == set()


def test_print_that_cannot_be_read_is_refused_with_the_numbers(world: World, desk: PaperDesk) -> None:
    world.transcoder.sides = (500, 320)
    answer = desk.choose("front", picture(), json=True)
    assert reason(answer) == (422, "too_small")
    assert "500×320" in answer.get_json()["error"]["text"]
    assert world.blobs() == set()


def test_a_heic_file_is_taken_even_if_the_browser_knows_no_such_type(desk: PaperDesk) -> None:
    heic = b"\0\0\0\x18ftypheic".ljust(60_000, b".")
    assert desk.choose("front", heic, "IMG_1.HEIC", "application/octet-stream", json=True).status_code == 201


def test_a_slot_that_is_not_there_is_not_found(world: World, desk: PaperDesk) -> None:
    assert reason(desk.choose("side", picture(), json=True)) == (404, "no_slot")
    passport = desk_of(world, id_type=PASSPORT)
    assert reason(passport.choose("back", picture(), json=True)) == (404, "no_slot")


def test_thirty_tries_a_day(new_world: NewWorld) -> None:
    world = new_world(uploads_per_day=3)
    desk = desk_of(world)
    answers = [desk.choose("front", picture(seed, damaged=seed == 1), json=True).status_code for seed in range(4)]
    assert answers == [201, 422, 201, 429]


@pytest.mark.parametrize("status", [Status.CAPTURE, Status.DOCUMENT_REVIEW_CITY, Status.READY])
def test_nothing_is_taken_when_no_documents_are_wanted(world: World, status: Status) -> None:
    person = world.add(people.candidate())
    application(world, person, status)
    desk = PaperDesk(world.app, world.origin)
    desk.log_in(person)
    assert desk.get("/apply/documents").location == "/apply"
    assert desk.get("/apply/documents/panel").status_code == 409
    assert reason(desk.choose("front", picture(), json=True)) == (409, "not_now")
    for press, fields in (("front/remove", {}), ("submit", {"seen": ""})):
        assert desk.post(f"/apply/documents/{press}", fields).location == "/apply"
        assert "现在不能这样做：申请的状态已经变化" in desk.go("/apply").text


def test_a_dialog_whose_application_was_withdrawn_elsewhere_leads_to_the_page(world: World, desk: PaperDesk) -> None:
    with world.dependencies.db.writing() as db:
        row = db.scalars(select(Application)).one()
        row.status, row.closed_at = Status.WITHDRAWN, world.clock.now()
    asked = [desk.get("/apply/documents"), desk.get("/apply/capture")]
    asked += [desk.post(path) for path in ("/apply/documents/submit", "/apply/capture/retake", "/pairings/renew")]
    assert [(answer.status_code, answer.location) for answer in asked] == [(303, "/apply")] * 5
    page = desk.go("/apply")
    assert "还没有申请" in page.text
    assert page.link("毕业预测")


def test_a_picture_is_shown_to_its_owner_alone_and_every_look_is_recorded(world: World, desk: PaperDesk) -> None:
    desk.fill("front")
    path = f"/apply/documents/picture/{name(picture(0))}"
    answer = desk.get(path)
    assert answer.data.startswith(b"\xff\xd8\xffdrawn again")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("image/jpeg", "private, no-store")
    assert world.rows(AuditRow)[-1].action == "document_viewed"
    assert world.rows(AuditRow)[-1].detail == f"front {name(picture(0))}"
    assert desk_of(world).get(path).status_code == 404
    assert world.visitor().get(path).location.startswith("/login")


def test_the_panel_is_what_the_page_shows(desk: PaperDesk) -> None:
    desk.fill(*SLOTS)
    assert desk.get("/apply/documents/panel").status_code == 200
    assert desk.page.problems() == []
    assert desk.page.has_button(SUBMIT)
