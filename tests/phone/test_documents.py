"""Pictures of documents from a phone: every answer of docs/api.md."""

from __future__ import annotations

import pytest

from app.application.model import Application, Consent
from app.application.workflow import Status
from app.documents.model import Document
from app.pairing.model import Pairing
from tests.documents.wanted import PASSPORT, SLOTS, PaperDesk, PaperPhone, desk_of, name, paired
from tests.page import Page, words
from tests.visitors import reason
from tests.world import World, picture


@pytest.fixture
def pair(world: World) -> tuple[PaperDesk, PaperPhone]:
    return paired(world)


@pytest.fixture
def phone(pair: tuple[PaperDesk, PaperPhone]) -> PaperPhone:
    return pair[1]


def test_the_state_says_what_the_phone_is_for_and_names_the_slots(phone: PaperPhone) -> None:
    state = phone.state().get_json()
    assert (state["purpose"], state["documents"]["complete"]) == ("documents", False)
    first = state["documents"]["slots"][0]
    assert first["label"] == {"zh": "身份证正面", "en": "ID card front"}
    assert (first["slot"], first["state"], first["frame"], first["document"]) == ("front", "missing", "card", None)


def test_a_picture_is_received_and_shown_on_the_desktop(world: World, pair: tuple[PaperDesk, PaperPhone]) -> None:
    desk, phone = pair
    answer = phone.send_to("front", picture())
    assert answer.status_code == 201
    shown = answer.get_json()["document"]
    assert (shown["sha256"], shown["bytes"], shown["width"]) == (name(picture()), 60_000, 1600)
    assert phone.slots() == {"front": "received", "back": "missing", "holding": "missing"}
    assert world.rows(Document)[0].source == "phone"
    assert "还缺：身份证反面、手持身份证。" in desk.look().text


def test_the_same_picture_again_is_the_same_answer_and_counts_once(world: World, phone: PaperPhone) -> None:
    first, again = phone.send_to("front", picture()), phone.send_to("front", picture())
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert (len(world.rows(Document)), phone.state().get_json()["uploads_left"]) == (1, 9)


def test_with_the_last_one_the_phone_is_done(phone: PaperPhone) -> None:
    for number, slot in enumerate(SLOTS):
        assert phone.state().get_json()["state"] == "confirmed"
        phone.send_to(slot, picture(number))
    assert (phone.state().get_json()["state"], phone.state().get_json()["documents"]["complete"]) == ("received", True)


def test_with_the_last_one_the_desktop_says_first_that_all_are_there(
    world: World, pair: tuple[PaperDesk, PaperPhone]
) -> None:
    desk, phone = pair
    for number, slot in enumerate(SLOTS):
        assert heading(desk.look()) == "请在手机上继续"
        phone.send_to(slot, picture(number))
    page = desk.look()
    assert heading(page) == "附件已齐全"
    assert page.text.count("附件已齐全") == 1


def test_on_a_phone_alone_handing_in_is_the_only_great_button_once_all_are_there(world: World) -> None:
    desk = desk_of(world)
    desk.post("/pairings/here")
    assert heading(desk.look()) == "正在用本机拍照"
    desk.fill()
    page = desk.go("/apply/documents/panel")
    assert heading(page) == "附件已齐全"
    assert "正在用本机拍照" not in page.text
    great = [words(each) for each in page.all("button", "a") if "primary" in each.get("class", "")]
    assert great == ["提交身份证附件"]


def heading(page: Page) -> str:
    """What takes the focus when the dialog opens."""
    return next(words(each) for each in page.all("h3", "p") if "autofocus" in each.attrib)


def test_what_the_desktop_removed_is_missing_again(pair: tuple[PaperDesk, PaperPhone]) -> None:
    desk, phone = pair
    phone.send_to("front", picture())
    desk.look()
    desk.press("移除 身份证正面")
    assert phone.slots()["front"] == "missing"


def test_a_passport_has_two_slots_and_no_other(world: World) -> None:
    phone = paired(world, id_type=PASSPORT)[1]
    assert phone.slots() == {"front": "missing", "holding": "missing"}
    assert reason(phone.send_to("back", picture())) == (404, "no_slot")


@pytest.mark.parametrize(
    ("body", "kind", "answer"),
    [
        (picture(size=1_048_576), "image/jpeg", (413, "too_large")),
        (picture(), "image/gif", (415, "wrong_type")),
        (picture(), "image/png", (415, "wrong_type")),
        (picture(damaged=True), "image/jpeg", (422, "unreadable")),
        (b"", "image/jpeg", (400, "empty")),
    ],
)
def test_what_cannot_be_used_is_refused(
    world: World, phone: PaperPhone, body: bytes, kind: str, answer: tuple[int, str]
) -> None:
    assert reason(phone.send_to("front", body, kind)) == answer
    assert (world.rows(Document), world.blobs()) == ([], set())


def test_print_too_small_to_read_is_refused(world: World, phone: PaperPhone) -> None:
    world.transcoder.sides = (300, 480)
    assert reason(phone.send_to("front", picture())) == (422, "too_small")


@pytest.mark.parametrize(
    ("header", "value", "answer"),
    [
        ("Repr_Digest", None, (400, "bad_request")),
        ("Upload_Length", "59999", (400, "bad_request")),
        ("Repr_Digest", "sha-256=:" + "A" * 43 + "=:", (400, "digest")),
        ("X_Zhengzhao", None, (403, "origin")),
        ("Origin", "http://elsewhere.example", (403, "origin")),
    ],
)
def test_the_headers_are_read_strictly(
    world: World, phone: PaperPhone, header: str, value: str | None, answer: tuple[int, str]
) -> None:
    assert reason(phone.send_to("front", picture(), "image/jpeg", **{header: value})) == answer
    assert world.rows(Document) == []


def test_without_a_pairing_nothing_is_taken(world: World) -> None:
    assert reason(PaperPhone(world.app, world.origin).send_to("front", picture())) == (401, "no_pairing")


def test_nothing_is_taken_before_the_person_confirmed(world: World) -> None:
    desk, phone = desk_of(world), PaperPhone(world.app, world.origin)
    desk.look(phone=True)
    phone.claim(desk.token())
    assert reason(phone.send_to("front", picture())) == (409, "not_confirmed")


def test_a_second_phone_is_too_late(world: World) -> None:
    desk, first, second = desk_of(world), *(PaperPhone(world.app, world.origin) for _ in range(2))
    desk.look(phone=True)
    token = desk.token()
    assert first.claim(token).status_code == 200
    assert reason(second.claim(token)) == (410, "claimed")
    assert "另一部手机也扫描了二维码" in desk.look().text


def test_a_phone_for_documents_takes_no_portrait_and_the_other_way_round(world: World, phone: PaperPhone) -> None:
    assert reason(phone.send(picture())) == (409, "not_now")
    _desk, other = world.paired()
    other = PaperPhone(world.app, world.origin, other.client)
    assert reason(other.send_to("front", picture())) == (409, "not_now")


def test_when_they_were_handed_over_the_phone_is_told(world: World, pair: tuple[PaperDesk, PaperPhone]) -> None:
    desk, phone = pair
    desk.fill()
    desk.press("提交身份证附件")
    assert reason(phone.send_to("front", picture(9))) == (410, "handed_over")


def test_not_my_phone_leads_back_to_the_dialog(pair: tuple[PaperDesk, PaperPhone]) -> None:
    desk, phone = pair
    desk.look()
    page = desk.press("不是我的手机")
    assert "身份证附件" in page.text
    assert reason(phone.send_to("front", picture())) == (410, "not_mine")


def test_the_tenth_picture_is_the_last_of_a_pairing(phone: PaperPhone) -> None:
    answers = [phone.send_to("front", picture(seed)).status_code for seed in range(11)]
    assert answers == [201] * 10 + [429]


def test_consent_on_the_phone_is_asked_once(world: World, pair: tuple[PaperDesk, PaperPhone]) -> None:
    desk = pair[0]
    assert [row.place for row in world.rows(Consent)] == ["papers"]
    desk.post("/pairings/renew")
    again = PaperPhone(world.app, world.origin)
    assert again.claim(desk.token()).get_json()["consent"]["given"] is True


def test_this_very_browser_may_be_the_phone(world: World) -> None:
    desk = desk_of(world)
    desk.press("用本机拍照")
    phone = PaperPhone(world.app, world.origin, desk.client)
    assert (phone.state().get_json()["alone"], phone.state().get_json()["purpose"]) == (True, "documents")
    assert phone.send_to("holding", picture()).status_code == 201
    assert world.rows(Application)[0].informed_at is None, "how a portrait is taken was not shown"


def test_a_pairing_for_a_portrait_gives_way_when_documents_are_wanted(world: World) -> None:
    desk, phone = world.paired()
    with world.dependencies.db.writing() as db:
        db.get_one(Application, world.rows(Application)[0].id).status = Status.DOCUMENTS
    desk.go("/apply/documents?phone=1")
    assert desk.code().status_code == 200
    assert reason(phone.state()) == (410, "replaced")
    assert [row.subject for row in world.rows(Pairing)] == ["portrait", "documents"]
