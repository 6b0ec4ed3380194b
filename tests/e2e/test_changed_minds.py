"""People change their minds: another picture, another phone, another code, no login any more."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import scenes, steps
from tests.e2e.browsers import read_code
from tests.e2e.scenes import READ, RENEW, RETAKE, USE, scan
from tests.e2e.steps import NEXT, button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e


def sent(desk: Page, phone: Page, world: World, candidate: str) -> list[str]:
    """A picture has arrived and both sides show it; its hash."""
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(phone, read_code(desk))
    steps.take_and_send(phone)
    scenes.arrived(phone)
    scenes.shown(desk)
    return scenes.counting(world, candidate)


def take_another(phone: Page) -> None:
    """A picture that differs from what the camera always films."""
    expect(button(phone, "拍照")).to_be_enabled()
    scenes.choose_file(phone, scenes.another_portrait())
    button(phone, USE).click()
    scenes.arrived(phone)


def test_another_picture_from_the_phone_takes_the_place_of_the_first(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    first = sent(desk, phone, world, candidate)
    button(phone, RETAKE).click()
    take_another(phone)
    [second] = scenes.counting(world, candidate)
    assert second not in first
    expect(desk.locator(f"img[src$='/picture/{second}']")).to_be_visible()
    steps.hand_over(desk)
    assert scenes.counting(world, candidate) == [second]


def test_another_picture_asked_for_at_the_desktop(world: World, desk: Page, phone: Page, candidate: str) -> None:
    sent(desk, phone, world, candidate)
    button(desk, RETAKE).click()
    expect(button(desk, NEXT)).to_be_disabled()
    assert scenes.counting(world, candidate) == []
    take_another(phone)
    scenes.shown(desk)
    steps.hand_over(desk)


def test_the_desktop_hands_over_only_the_picture_it_has_shown(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    sent(desk, phone, world, candidate)
    desk.route("**/apply/capture/panel", lambda route: route.abort())
    button(phone, RETAKE).click()
    take_another(phone)
    button(desk, NEXT).click()
    expect(desk.get_by_text("手机又传来了新的照片")).to_be_visible()
    [second] = scenes.counting(world, candidate)
    expect(desk.locator(f"img[src$='/picture/{second}']")).to_be_visible()
    steps.hand_over(desk)


def test_not_my_phone_and_then_the_right_one(world: World, desk: Page, phone: Page, candidate: str) -> None:
    link = scenes.connected(desk, phone, world, candidate)
    button(desk, scenes.NOT_MINE).click()
    expect(desk.get_by_role("alert")).to_contain_text("已取消这部手机的连接")
    expect(phone.get_by_text("电脑上已取消这部手机的连接")).to_be_visible()
    scan(phone, link)
    expect(phone.get_by_text("电脑上已取消这部手机的连接")).to_be_visible()
    button(desk, RENEW).click()
    scan(phone, read_code(desk))
    expect(phone.get_by_text(scenes.number_on(desk))).to_be_visible()
    assert scenes.pairings(world, candidate) == ["not_mine", None]


def test_a_new_code_lets_the_phone_that_is_connected_go(world: World, desk: Page, phone: Page, candidate: str) -> None:
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(phone, read_code(desk))
    button(desk, RENEW).click()
    expect(phone.get_by_text("电脑上已生成新的二维码")).to_be_visible()
    scan(phone, read_code(desk))
    expect(phone.get_by_label(steps.AGREE)).to_be_visible()
    assert scenes.pairings(world, candidate) == ["replaced", None]


def test_logging_out_ends_the_phone(world: World, desk: Page, phone: Page, candidate: str) -> None:
    scenes.photographed(desk, phone, world, candidate)
    button(desk, "关闭").click()
    button(desk, "退出").click()
    expect(desk.get_by_text("已退出登录")).to_be_visible()
    expect(phone.get_by_role("heading", name="这次连接已结束")).to_be_visible()
    expect(phone.get_by_text("有一张照片还没有送出，已保存在这台手机上")).to_be_visible()

    steps.log_in(desk, world.origin, candidate)
    steps.open_dialog(desk)
    scan(phone, read_code(desk))
    steps.confirm(phone)
    button(phone, USE).click()
    scenes.shown(desk)


def test_a_pc_and_a_phone_together_need_eleven_taps(world: World, desk: Page, phone: Page, candidate: str) -> None:
    """From the menu to 已提交市考办审核, with each press of either hand counted."""
    steps.log_in(desk, world.origin, candidate)
    desk.goto(f"{world.origin}/forecast")
    taps = []

    def tap(target: Locator) -> None:
        taps.append(target)
        target.click()

    tap(desk.get_by_role("navigation").get_by_role("link", name="毕业申请及图像采集"))
    tap(button(desk, "申请"))
    tap(desk.get_by_label(steps.AGREE))
    tap(button(desk, "确认无误"))
    tap(button(desk, READ))
    scan(phone, read_code(desk))
    tap(phone.get_by_label(steps.AGREE))
    for name in ("确认无误", READ, "拍照", USE):
        expect(button(phone, name)).to_be_enabled()
        tap(button(phone, name))
    expect(button(desk, NEXT)).to_be_enabled()
    tap(button(desk, NEXT))
    expect(desk.get_by_text("已提交市考办审核")).to_be_visible()
    assert len(taps) <= 11


def test_the_phone_speaks_the_desktops_language(world: World, desk: Page, phone: Page, candidate: str) -> None:
    steps.log_in(desk, world.origin, candidate)
    button(desk, "English").click()
    desk.locator("form[action='/apply'] button").click()
    desk.get_by_role("checkbox").check()
    desk.locator("form[action$='consent'] button").click()
    desk.locator("form[action$='informed'] button").click()
    scan(phone, read_code(desk))
    expect(phone.get_by_role("heading", name="Please check who this is for")).to_be_visible()
    assert phone.locator("html").get_attribute("lang") == "en"
    desk.locator("form[action$='not-mine'] button").click()
    expect(phone.locator("main h2")).to_contain_text("ended")
