"""The consent to pictures of documents, and why they are wanted at all."""

from __future__ import annotations

import pytest

from app.application.model import Application, Consent
from app.application.terms import VERSION
from app.documents.model import Document
from app.identity.rules import RESIDENT_ID
from app.pairing.history_queries import warning_of
from app.pairing.model import Pairing, PairingEvent
from app.pairing.rules import EventCode
from tests.documents.wanted import PASSPORT, PaperPhone, desk_of
from tests.page import Page
from tests.visitors import reason
from tests.world import World, picture


def is_ticked(page: Page) -> bool:
    """Whether the only box of the page is ticked; then it can no longer be changed either."""
    [tick] = [each for each in page.all("input") if each.get("type") == "checkbox"]
    assert ("checked" in tick.attrib) == ("disabled" in tick.attrib)
    return "checked" in tick.attrib


def test_the_consent_is_a_tick_of_its_own_asked_for_once(world: World) -> None:
    desk = desk_of(world, consented=False, agreed=False)
    assert not is_ticked(desk.page)
    assert "证件附件属于敏感个人信息，需要您单独同意后才能上传或拍摄。" in desk.page.text
    desk.post("/apply/documents/consent", {"version": VERSION})
    assert "请先勾选同意处理证件附件" in desk.look().text
    assert world.rows(Consent) == []
    desk.post("/apply/documents/consent", {"version": VERSION, "agree": "yes"})
    assert is_ticked(desk.look())
    [row] = world.rows(Consent)
    assert (row.place, row.version, len(row.text_hash)) == ("papers", VERSION, 64)
    assert world.rows(Application)[0].consented_at is None, "the portrait is asked for by itself"


def test_without_the_tick_no_picture_is_taken_from_any_side(world: World) -> None:
    desk = desk_of(world, agreed=False)
    answer = desk.choose("front", picture(), json=True)
    assert reason(answer) == (409, "no_consent")
    assert "请先勾选同意处理证件附件，再上传或拍摄。" in answer.get_json()["error"]["text"]
    assert desk.choose("front", picture()).status_code == 303
    assert "请先勾选同意处理证件附件，再上传或拍摄。" in desk.look().text
    desk.press("用本机拍照")
    assert "请先勾选同意处理证件附件，再上传或拍摄。" in desk.page.text
    assert world.rows(Document) == []
    assert world.rows(Pairing) == []


def test_another_version_of_the_text_is_no_consent(world: World) -> None:
    desk = desk_of(world, agreed=False)
    desk.post("/apply/documents/consent", {"version": "2020-01", "agree": "yes"})
    assert world.rows(Consent) == []


@pytest.mark.parametrize(
    ("id_type", "why"),
    [
        (RESIDENT_ID, "您的信息与公安人口库不一致，所以请上传下面的附件，由考办人工核对。"),
        (PASSPORT, "您登记的证件不是居民身份证，所以请上传下面的附件，与照片一起由考办审核。"),
    ],
)
def test_the_dialog_says_why_it_is_open(world: World, id_type: str, why: str) -> None:
    desk = desk_of(world, id_type=id_type)
    assert why in desk.get("/apply/documents/panel").get_data(as_text=True)


def test_to_scan_the_present_code_is_said_only_while_one_is_shown(world: World) -> None:
    desk, phone = desk_of(world), PaperPhone(world.app, world.origin)
    desk.look(phone=True)
    token = desk.token()
    world.clock.move(121)
    assert reason(phone.claim(token)) == (410, "expired")
    assert "刚才扫描的二维码已过期。请用手机再扫一次现在的二维码。" in desk.look(phone=True).text


def test_nobody_is_sent_to_a_code_that_is_not_there() -> None:
    events = [PairingEvent(code=EventCode.EXPIRED_SCAN)]
    assert warning_of(events, code_is_shown=False) == "刚才扫描的二维码已过期。"
    assert "现在的二维码" in warning_of(events, code_is_shown=True)
    support = [PairingEvent(code=EventCode.SUPPORT_LINK)]
    assert "下面的二维码" not in warning_of(support, code_is_shown=False)


def test_a_phone_is_not_asked_again_once_the_pc_was_ticked(world: World) -> None:
    desk, phone = desk_of(world), PaperPhone(world.app, world.origin)
    desk.look(phone=True)
    assert phone.claim(desk.token()).get_json()["consent"] == {"version": VERSION, "given": True}


def test_a_tick_on_the_phone_is_recorded_and_shows_on_the_pc(world: World) -> None:
    desk, phone = desk_of(world, agreed=False), PaperPhone(world.app, world.origin)
    desk.look(phone=True)
    assert phone.claim(desk.token()).get_json()["consent"]["given"] is False
    phone.confirm()
    assert [row.place for row in world.rows(Consent)] == ["papers"]
    assert phone.send_to("front", picture()).status_code == 201
    assert is_ticked(desk.look())


def test_other_documents_have_a_button_without_the_id_card(world: World) -> None:
    page = desk_of(world, id_type=PASSPORT).page
    assert "身份证附件" not in page.text
    assert page.button("提交证件附件")
