"""A QR code that is old, nearly old, just changed, or scanned more than once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e import browsers, scenes, steps
from tests.e2e.browsers import read_code
from tests.e2e.conftest import newcomer
from tests.e2e.scenes import RENEW, scan
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def hasty_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A server whose codes change after 5 s and end after 10."""
    running = World(tmp_path_factory.mktemp("hasty"), TOKEN_SECONDS="10", ROTATE_SECONDS="5").start()
    yield running
    running.stop()


def another_code(desk: Page, before: str) -> str:
    """Wait until the page shows another code than `before`; its link."""
    expect(desk.locator("#qr img")).not_to_have_attribute("src", before)
    return read_code(desk)


def drawn(desk: Page) -> str:
    """The drawing of the code on the page."""
    return desk.locator("#qr img").get_attribute("src") or ""


def test_an_expired_code_is_told_on_both_sides_and_a_new_code_mends_it(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    old, look = read_code(desk), drawn(desk)
    scenes.links_end_in(world, candidate, -1)
    scan(phone, old)
    expect(phone.get_by_text("二维码已过期。请回到电脑上，扫新的二维码。")).to_be_visible()
    expect(desk.get_by_role("alert")).to_contain_text("刚才扫描的二维码已过期")

    button(desk, RENEW).click()
    scan(phone, another_code(desk, look))
    expect(phone.get_by_label(steps.AGREE)).to_be_visible()
    expect(desk.get_by_text("手机已连接")).to_be_visible()
    expect(desk.get_by_role("alert")).to_have_count(0)


def test_a_code_is_good_until_its_last_second_and_not_after(
    world: World, browser: Browser, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    link = read_code(desk)

    def ending_in(seconds: float) -> Callable[[Route], None]:
        def claim(route: Route) -> None:
            scenes.links_end_in(world, candidate, seconds)
            route.continue_()

        return claim

    phone.route("**/m/claim", ending_in(-0.001))
    scan(phone, link)
    expect(phone.get_by_text("二维码已过期。请回到电脑上，扫新的二维码。")).to_be_visible()

    phone.unroute("**/m/claim")
    phone.route("**/m/claim", ending_in(2))
    scan(phone, link)
    expect(phone.get_by_label(steps.AGREE)).to_be_visible()


def test_just_after_the_code_has_changed_the_old_one_is_still_good(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    desk.clock.install()
    steps.to_code(desk, world.origin, candidate)
    old, look = read_code(desk), drawn(desk)
    desk.clock.fast_forward("01:41")
    assert another_code(desk, look) != old
    scan(phone, old)
    expect(phone.get_by_label(steps.AGREE)).to_be_visible()
    expect(phone.get_by_text(scenes.number_on(desk))).to_be_visible()
    assert scenes.pairings(world, candidate) == [None], "the change of the code made no new pairing"


def test_a_code_nobody_scans_changes_for_as_long_as_it_is_looked_at(
    hasty_world: World, desk: Page, phone: Page
) -> None:
    candidate = newcomer(hasty_world)
    steps.to_code(desk, hasty_world.origin, candidate)
    first, look = read_code(desk), drawn(desk)
    another_code(desk, look)
    look = drawn(desk)
    another_code(desk, look)
    look = drawn(desk)
    third = another_code(desk, look)
    scan(phone, first)
    expect(phone.get_by_text("二维码已过期。请回到电脑上，扫新的二维码。")).to_be_visible()
    scan(phone, third)
    expect(phone.get_by_label(steps.AGREE)).to_be_visible()
    assert hasty_world.rows("SELECT count(*) FROM pairing")[0][0] == 1


def test_a_code_that_cannot_be_renewed_says_so_and_comes_back_by_itself(
    world: World, desk: Page, candidate: str
) -> None:
    desk.clock.install()
    steps.to_code(desk, world.origin, candidate)
    desk.route("**/pairings/code", lambda route: route.abort())
    desk.clock.fast_forward("02:01")
    expect(desk.locator("#qr")).to_contain_text("二维码已过期")
    desk.unroute("**/pairings/code")
    desk.clock.fast_forward("00:06")
    expect(desk.locator("#qr")).not_to_contain_text("二维码已过期")
    assert "/m#" in read_code(desk)


def test_the_same_phone_scans_again_goes_back_and_reloads(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    link = scenes.connected(desk, phone, world, candidate)
    number = scenes.number_on(desk)
    for again in (lambda: scan(phone, link), phone.reload, lambda: (phone.goto("about:blank"), phone.go_back())):
        again()
        expect(phone.get_by_label(steps.AGREE)).to_be_visible()
        expect(phone.get_by_text(number)).to_be_visible()
    assert scenes.number_on(desk) == number
    expect(desk.get_by_role("alert")).to_have_count(0)
    assert scenes.pairings(world, candidate) == [None]


def test_a_second_phone_is_told_on_the_desktop_and_changes_nothing(
    world: World, browser: Browser, desk: Page, phone: Page, candidate: str
) -> None:
    link = scenes.connected(desk, phone, world, candidate)
    number = scenes.number_on(desk)
    with browsers.phone(browser) as context:
        late = context.new_page()
        scan(late, link)
        expect(late.get_by_role("heading", name="这次连接已结束")).to_be_visible()
        expect(desk.get_by_role("alert")).to_contain_text("另一部手机也扫描了二维码，已被拒绝")
        assert scenes.number_on(desk) == number

        button(desk, scenes.NOT_MINE).click()
        expect(phone.get_by_text("电脑上已取消这部手机的连接")).to_be_visible()
        button(desk, RENEW).click()
        scan(late, read_code(desk))
        expect(late.get_by_label(steps.AGREE)).to_be_visible()
        expect(late.get_by_text(scenes.number_on(desk))).to_be_visible()


def test_the_link_opened_in_the_desktops_own_browser_leaves_the_desktop_as_it_was(
    world: World, desk: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    beside = desk.context.new_page()
    scan(beside, read_code(desk))
    expect(beside.get_by_text("这一页是为手机准备的")).to_be_visible()
    expect(desk.get_by_text("手机已连接")).to_be_visible()
    beside.get_by_role("link", name="改用手机扫码").click()
    expect(beside).to_have_url(re.compile("/apply/capture$"))
    expect(beside.get_by_text("手机已连接")).to_be_visible()
