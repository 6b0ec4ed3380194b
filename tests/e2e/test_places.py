"""One person in several places: tabs, PCs, browsers, borrowed phones. Every place shows the server's state."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import browsers, scenes, steps
from tests.e2e.browsers import read_code
from tests.e2e.conftest import newcomer
from tests.e2e.scenes import READ, USE, scan
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e


def test_a_second_tab_shows_the_same_pairing_and_follows_to_the_end(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    link = scenes.connected(desk, phone, world, candidate)
    tab = desk.context.new_page()
    tab.goto(f"{world.origin}/apply/capture")
    assert scenes.number_on(tab) == scenes.number_on(desk)
    assert scenes.pairings(world, candidate) == [None]
    steps.to_camera(phone, link)
    steps.take_and_send(phone)
    scenes.shown(tab)
    steps.hand_over(desk)
    expect(tab.get_by_text("已提交市考办审核")).to_be_visible()
    expect(phone.get_by_text("照片已提交审核，不用再拍")).to_be_visible()
    expect(button(phone, "连接电脑")).to_have_class("button secondary")  # nothing is left to do
    assert scenes.pairings(world, candidate) == ["handed_over"]


def test_the_codes_of_two_tabs_lead_to_one_pairing(world: World, desk: Page, phone: Page, candidate: str) -> None:
    steps.to_code(desk, world.origin, candidate)
    tab = desk.context.new_page()
    tab.goto(f"{world.origin}/apply/capture")
    second = read_code(tab)
    assert second != read_code(desk)
    scan(phone, read_code(desk))
    expect(tab.get_by_text("手机已连接")).to_be_visible()
    scan(phone, second)
    expect(phone.get_by_text(scenes.number_on(tab))).to_be_visible()


def test_another_pc_goes_on_where_the_first_one_was(
    world: World, browser: Browser, desk: Page, phone: Page, candidate: str
) -> None:
    scenes.connected(desk, phone, world, candidate)
    with browsers.desktop(browser) as context:
        other = context.new_page()
        steps.log_in(other, world.origin, candidate)
        steps.open_dialog(other)
        assert scenes.number_on(other) == scenes.number_on(desk)
        steps.confirm(phone)
        button(phone, READ).click()
        steps.take_and_send(phone)
        scenes.shown(other)
        scenes.shown(desk)
        steps.hand_over(other)
        expect(desk.get_by_text("回执编号")).to_be_visible()
    assert scenes.consents(world, candidate) == ["desk", "phone"]


def test_closing_and_opening_the_dialog_goes_on(world: World, desk: Page, phone: Page, candidate: str) -> None:
    scenes.connected(desk, phone, world, candidate)
    number = scenes.number_on(desk)
    button(desk, "关闭").click()
    expect(desk.get_by_role("dialog")).to_have_count(0)
    steps.open_dialog(desk)
    assert scenes.number_on(desk) == number
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    steps.confirm(phone)
    button(phone, READ).click()
    steps.take_and_send(phone)
    scenes.arrived(phone)
    steps.open_dialog(desk)
    scenes.shown(desk)


def test_the_desktop_reloaded_at_every_step_stays_there(world: World, desk: Page, phone: Page, candidate: str) -> None:
    steps.log_in(desk, world.origin, candidate)
    steps.open_dialog(desk)
    desk.reload()
    steps.confirm(desk)
    expect(button(desk, READ)).to_be_visible()
    desk.reload()
    expect(desk.get_by_label(steps.AGREE)).to_have_count(0)
    button(desk, READ).click()
    read_code(desk)
    desk.reload()
    scan(phone, read_code(desk))
    number = scenes.number_on(desk)
    desk.reload()
    assert scenes.number_on(desk) == number
    steps.confirm(phone)
    button(phone, READ).click()
    steps.take_and_send(phone)
    scenes.shown(desk)
    desk.reload()
    scenes.shown(desk)
    steps.hand_over(desk)
    desk.reload()
    expect(desk.get_by_text("回执编号")).to_be_visible()
    assert scenes.pairings(world, candidate) == ["handed_over"]
    assert scenes.consents(world, candidate) == ["desk", "phone"]
    assert scenes.pictures(world, candidate) == 1


def test_moving_to_another_browser_tells_the_old_page_and_keeps_the_number(
    world: World, browser: Browser, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(phone, read_code(desk))
    number = scenes.number_on(desk)
    button(phone, "帮助").click()
    button(phone, "换浏览器打开").click()
    expect(phone.get_by_text("链接 7 分钟内有效，只能用一次。")).to_be_visible()
    moving = phone.url
    with browsers.phone(browser) as context:
        other = context.new_page()
        scan(other, moving)
        expect(button(other, READ)).to_be_visible()
        expect(phone.get_by_text("已换到另一个浏览器")).to_be_visible()
        assert scenes.number_on(desk) == number
        scan(phone, moving)
        expect(phone.get_by_role("heading", name="这次连接已结束")).to_be_visible()
        button(other, READ).click()
        steps.take_and_send(other)
        scenes.shown(desk)
    assert scenes.pairings(world, candidate) == [None]


def test_a_picture_left_on_a_lent_phone_waits_for_its_owner(
    world: World, browser: Browser, desk: Page, phone: Page, candidate: str
) -> None:
    scenes.photographed(desk, phone, world, candidate)
    with browsers.desktop(browser) as context:
        other_desk, other = context.new_page(), newcomer(world)
        scenes.connected(other_desk, phone, world, other)
        steps.confirm(phone)
        expect(button(phone, READ)).to_be_visible()
        expect(button(phone, USE)).to_have_count(0)
    button(desk, scenes.RENEW).click()
    scan(phone, read_code(desk))
    steps.confirm(phone)
    expect(phone.get_by_role("heading", name="有一张照片还没有送出")).to_be_visible()
    button(phone, USE).click()
    scenes.shown(desk)
    assert scenes.pictures(world, other) == 0
    assert scenes.pictures(world, candidate) == 1


@pytest.mark.between
def test_the_desktop_tells_that_the_permission_ran_out_and_the_next_scan_sends(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    scenes.photographed(desk, phone, world, candidate)
    scenes.use_too_late(phone, world, candidate)
    expect(phone.get_by_text("有一张照片还没有送出，已保存在这台手机上")).to_be_visible()
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(desk.get_by_role("alert")).to_contain_text("这次拍照的时间已用完")
    button(desk, scenes.RENEW).click()
    scan(phone, read_code(desk))
    steps.confirm(phone)
    button(phone, USE).click()
    scenes.shown(desk)
    assert scenes.pictures(world, candidate) == 1
    assert scenes.pairings(world, candidate) == ["replaced", None]
