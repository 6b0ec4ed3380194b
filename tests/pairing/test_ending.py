"""How a pairing ends or moves: renewed, refused, handed on to another browser, used on this very device."""

from __future__ import annotations

import pytest

from app.pairing.model import Pairing
from app.pairing.rules import End, EventCode
from tests.visitors import Phone, reason
from tests.world import FakeClock, World, picture


def test_not_my_phone_revokes_it(world: World) -> None:
    desk, phone = world.paired()
    desk.look()
    desk.press("不是我的手机")
    assert reason(phone.state()) == (410, "not_mine")
    page = desk.look().text
    assert "已取消这部手机的连接。要继续拍照，请点“重新生成二维码”" in page
    assert "电脑上已取消" not in page


def test_a_new_code_while_a_phone_is_connected_ends_it(world: World) -> None:
    desk, phone = world.paired()
    desk.press("重新生成二维码")
    assert reason(phone.state()) == (410, "replaced")
    assert "用手机扫码" in desk.look().text


def test_a_link_moves_the_pairing_to_another_browser(world: World) -> None:
    _desk, phone = world.paired()
    other = world.phone()
    state = other.claim(phone.transfer()).get_json()
    assert (state["state"], state["number"]) == ("confirmed", other.state().get_json()["number"])
    assert reason(phone.state()) == (410, "moved")


def test_such_a_link_works_once(world: World) -> None:
    _desk, phone = world.paired()
    token = phone.transfer()
    other = world.phone()
    assert other.claim(token).status_code == 200
    assert reason(world.phone().claim(token)) == (410, "claimed")
    assert other.state().status_code == 200


@pytest.mark.parametrize(("age", "status"), [(299.9, 200), (300, 410)])
def test_such_a_link_lives_five_minutes(world: World, clock: FakeClock, age: float, status: int) -> None:
    _desk, phone = world.paired()
    token = phone.transfer()
    clock.move(age)
    assert world.phone().claim(token).status_code == status


def test_opening_the_link_in_the_same_browser_changes_nothing(world: World) -> None:
    _desk, phone = world.paired()
    token = phone.transfer()
    assert phone.claim(token).status_code == 200
    assert world.phone().claim(token).status_code == 200


def test_the_browser_that_was_left_cannot_come_back_with_the_old_code(world: World) -> None:
    desk, phone = world.desk(), world.phone()
    desk.to_code()
    code = desk.token()
    phone.claim(code, nonce="the one that was left")
    world.phone().claim(phone.transfer())
    assert reason(phone.claim(code, nonce="the one that was left")) == (410, "claimed")


def test_moving_does_not_make_the_hour_longer(world: World, clock: FakeClock) -> None:
    _desk, phone = world.paired()
    until = phone.state().get_json()["until"]
    clock.move(minutes=30)
    other = world.phone()
    assert other.claim(phone.transfer()).get_json()["until"] == until


def test_this_very_browser_becomes_the_phone_in_one_step(world: World) -> None:
    desk = world.desk()
    desk.to_specification()
    answer = desk.post("/pairings/here")
    assert (answer.status_code, answer.location) == (303, "/m")
    state = Phone(world.app, world.origin, desk.client).state().get_json()
    assert (state["state"], state["alone"]) == ("confirmed", True)


def test_who_comes_back_from_the_camera_of_this_device_is_shown_the_way_there_and_no_other_phone(world: World) -> None:
    desk = world.desk()
    desk.to_specification()
    desk.post("/pairings/here")
    page = desk.go("/apply/capture")
    assert "回到拍照页面" in page.text
    for words in ("请核对手机上的数字", "手机已离线", "不是我的手机"):
        assert words not in page.text


def test_this_very_browser_takes_over_from_a_phone(world: World) -> None:
    desk, phone = world.paired()
    desk.post("/pairings/here")
    assert reason(phone.state()) == (410, "moved")
    assert Phone(world.app, world.origin, desk.client).send(picture()).status_code == 201
    assert len(world.rows(Pairing)) == 1


def test_this_browser_is_no_phone_before_the_consent(world: World) -> None:
    desk = world.desk()
    desk.open_dialog()
    assert desk.post("/pairings/here").status_code == 409


def test_handing_over_ends_it_for_the_phone(world: World) -> None:
    desk, phone = world.paired()
    phone.send(picture())
    desk.look()
    desk.press("我已摄像完成，下一步")
    assert reason(phone.state()) == (410, "handed_over")
    assert reason(phone.send(picture(2))) == (410, "handed_over")


def test_after_a_retake_the_phone_goes_on(world: World) -> None:
    desk, phone = world.paired()
    phone.send(picture())
    desk.look()
    assert "请在手机上继续" in desk.press("重拍").text
    assert (phone.state().get_json()["state"], phone.state().get_json()["capture"]) == ("confirmed", None)


@pytest.mark.parametrize("code", ["camera_denied", "camera_missing", "camera_busy", "camera_failed", "camera_insecure"])
def test_the_desk_says_why_nothing_moves_on(world: World, code: str) -> None:
    desk, phone = world.paired()
    phone.report(code)
    [failed] = [each for each in desk.look().all("li") if each.get("data-state") == "failed"]
    assert "摄像头" in "".join(failed.itertext())
    phone.report("camera_ready")
    assert not [each for each in desk.look().all("li") if each.get("data-state") == "failed"]


def test_the_desk_shows_each_step_as_it_happens(world: World) -> None:
    desk, phone = world.desk(), world.phone()
    desk.to_code()
    phone.claim(desk.token())
    steps = [desk.look().text]
    phone.confirm()
    steps.append(desk.look().text)
    for code in ("camera_ready", "sending"):
        phone.report(code)
        steps.append(desk.look().text)
    for now, later, text in zip(
        ["手机已连接", "已确认信息", "正在拍照", "正在上传"],
        ["已确认信息", "正在拍照", "正在上传", "照片已收到"],
        steps,
        strict=True,
    ):
        assert now in text
        assert later not in text
    phone.send(picture())
    assert "照片已收到" in desk.look().text


def test_every_end_is_an_event_of_the_history() -> None:
    assert {str(each) for each in End} <= {str(each) for each in EventCode}
