"""Who the phone's page is for: a scan, no scan, a second phone, another browser, a phone alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e import browsers, steps
from tests.e2e.browsers import read_code
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e


def test_without_token_and_cookie_it_says_what_to_do(world: World, phone: Page) -> None:
    phone.goto(f"{world.origin}/m")
    expect(phone.get_by_role("heading", name="请扫电脑上的二维码")).to_be_visible()
    phone.get_by_role("link", name="用本机拍照").click()
    expect(phone.get_by_label("准考证号")).to_be_visible()


def test_a_mangled_link_has_a_plain_page(world: World, phone: Page) -> None:
    phone.goto(f"{world.origin}/m#not-a-token-of-ours.abcdef")
    expect(phone.get_by_text("这个链接不完整或不是本系统的")).to_be_visible()


def test_a_second_phone_is_told_and_the_first_goes_on(
    world: World, browser: Browser, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    link = read_code(desk)
    phone.goto(link)
    expect(phone.get_by_label(steps.AGREE)).to_be_visible()
    with browsers.phone(browser) as context:
        late = context.new_page()
        late.goto(link)
        expect(late.get_by_text("已被另一部手机使用")).to_be_visible()
    steps.confirm(phone)
    expect(button(phone, "我知道了，去拍照")).to_be_visible()


def test_a_second_scan_in_the_same_tab_is_a_new_claim(world: World, desk: Page, phone: Page, candidate: str) -> None:
    phone.goto(f"{world.origin}/m")
    expect(phone.get_by_role("heading", name="请扫电脑上的二维码")).to_be_visible()
    steps.to_code(desk, world.origin, candidate)
    phone.goto(read_code(desk))
    expect(phone.get_by_label(steps.AGREE)).to_be_visible()


def test_on_a_small_screen_the_tick_stands_above_the_button_and_is_asked_for(
    world: World, browser: Browser, desk: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    with browsers.phone(browser, viewport={"width": 360, "height": 560}) as context:
        hand = context.new_page()
        hand.goto(read_code(desk))
        expect(hand.get_by_label(steps.AGREE)).to_be_in_viewport(ratio=1)
        button(hand, "确认无误").dispatch_event("click")
        expect(hand.get_by_text("请先阅读条例并勾选同意。")).to_be_visible()
        expect(hand.get_by_label(steps.AGREE)).to_be_focused()
        expect(hand.get_by_label(steps.AGREE)).to_be_in_viewport(ratio=1)


def test_not_my_phone_ends_it_at_once(world: World, desk: Page, phone: Page, candidate: str) -> None:
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(phone, read_code(desk))
    button(desk, "不是我的手机").click()
    expect(phone.get_by_text("电脑上已取消这部手机的连接")).to_be_visible()


def test_moving_to_another_browser_keeps_the_pairing(
    world: World, browser: Browser, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(phone, read_code(desk))
    button(phone, "帮助").click()
    button(phone, "换浏览器打开").click()
    expect(phone.get_by_text("链接 7 分钟内有效")).to_be_visible()
    with browsers.phone(browser) as context:
        other = context.new_page()
        other.goto(phone.url)
        button(other, "我知道了，去拍照").click()
        steps.take_and_send(other)
        expect(other.get_by_role("heading", name="请回到电脑继续")).to_be_visible()
    phone.goto(f"{world.origin}/m")
    expect(phone.get_by_text("已换到另一个浏览器")).to_be_visible()


def test_a_phone_comes_back_from_a_browser_that_cannot(
    world: World, browser: Browser, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(phone, read_code(desk))
    button(phone, "帮助").click()
    button(phone, "换浏览器打开").click()
    expect(phone.get_by_text("链接 7 分钟内有效")).to_be_visible()
    with browsers.phone(browser) as context:
        other = context.new_page()
        other.goto(phone.url)
        expect(button(other, "我知道了，去拍照")).to_be_visible()
        phone.reload()
        button(phone, "回到这个浏览器").click()
        expect(desk.get_by_text("手机换回了原来的浏览器")).to_be_visible()
        steps.take_and_send(phone)
        expect(phone.get_by_role("heading", name="请回到电脑继续")).to_be_visible()
        other.goto(f"{world.origin}/m")
        expect(other.get_by_text("已换到另一个浏览器")).to_be_visible()
        expect(button(other, "回到这个浏览器")).to_have_count(0)


def test_a_phone_alone_needs_nine_taps(world: World, phone: Page, candidate: str) -> None:
    steps.log_in(phone, world.origin, candidate)
    taps = []

    def tap(target: Locator) -> None:
        taps.append(target)
        target.click()

    menu = phone.get_by_role("link", name="毕业申请及图像采集")
    if menu.count() and menu.first.is_visible():
        tap(menu.first)
    tap(button(phone, "申请"))
    tap(phone.get_by_label(steps.AGREE))
    for name in ("确认无误", "我知道了，去拍照"):
        tap(button(phone, name))
    tap(phone.get_by_role("dialog").get_by_text("用本机拍照", exact=True))
    for name in ("拍照", "使用这张照片", steps.NEXT):
        expect(button(phone, name)).to_be_enabled()
        tap(button(phone, name))
    expect(phone.get_by_text("已提交市考办审核")).to_be_visible()
    assert len(taps) <= 9


def test_an_ending_before_the_bell_was_connected_is_noticed_when_it_connects(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    held = []
    phone.route("**/vendor/socket.io.js*", lambda route: held.append(route))  # noqa: PLW0108 — Playwright looks at its name
    steps.to_code(desk, world.origin, candidate)
    with phone.expect_request("**/vendor/socket.io.js*"):
        steps.to_camera(phone, read_code(desk))
    with desk.expect_response(lambda answer: answer.request.method == "POST"):
        button(desk, "不是我的手机").click()
    for route in held:
        route.continue_()
    expect(phone.get_by_text("电脑上已取消这部手机的连接")).to_be_visible()
