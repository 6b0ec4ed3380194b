"""What has to be compared or pressed is in sight: on a small phone, with text twice as large, on a PC at 200 %."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect
from pyzbar import pyzbar

from tests.e2e import browsers, papers, steps
from tests.e2e.browsers import box_of
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

HERE, READ, OTHER = "用本机拍照", "我知道了，去拍照", "用另一部手机扫码"
NOT_MINE, RENEW = "不是我的手机", "重新生成二维码"
CODE, CONNECT = "请输入电脑上二维码下面的代码", "连接电脑"
SMALL: ViewportSize = {"width": 360, "height": 560}
ZOOMED: ViewportSize = {"width": 683, "height": 384}  # 1366×768 at 200 %
TWICE = browsers.larger_text(200)
INNER_SCROLLERS = """() => [...document.querySelectorAll("dialog *")].filter((node) => /auto|scroll/.test(
  getComputedStyle(node).overflowY) && node.scrollHeight > node.clientHeight + 1 && node.clientHeight < innerHeight - 1)
  .map((node) => node.className)"""


class Kind(NamedTuple):
    """The screens of one story: the candidate's, and whether text is twice as large on all."""

    pc: bool
    twice: bool


KINDS = {"small phone": Kind(False, False), "text of 200 %": Kind(False, True), "zoom of 200 %": Kind(True, False)}


def is_whole(shown: Locator) -> None:
    """All of it is in the window, and nothing lies over it."""
    expect(shown).to_be_in_viewport(ratio=0.99)
    shown.hover(trial=True)


def fits(page: Page) -> None:
    """Nothing makes the page wider than the screen."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert page.evaluate(INNER_SCROLLERS) == []


def decoded(page: Page) -> str:
    """The QR code that a screenshot of the window shows."""
    found = pyzbar.decode(Image.open(io.BytesIO(page.screenshot())))
    assert found, "no QR code can be read in the window"
    return str(found[0].data.decode())


def below_each_other(*shown: Locator) -> None:
    """Read in this order, from the top."""
    tops = [box_of(each)["y"] for each in shown]
    assert tops == sorted(tops), tops


@pytest.fixture(params=list(KINDS.values()), ids=list(KINDS))
def kind(request: pytest.FixtureRequest) -> Kind:
    return Kind(*request.param)


def _page(context: BrowserContext, kind: Kind) -> Page:
    if kind.twice:
        context.add_init_script(TWICE)
    return context.new_page()


@pytest.fixture
def seat(browser: Browser, kind: Kind) -> Iterator[Page]:
    """Where the candidate applies: a zoomed PC, or a phone."""
    opened = browsers.desktop(browser, viewport=ZOOMED) if kind.pc else browsers.phone(browser, viewport=SMALL)
    with opened as context:
        yield _page(context, kind)


@pytest.fixture
def hand(browser: Browser, kind: Kind) -> Iterator[Page]:
    """The small phone that takes the picture."""
    with browsers.phone(browser, viewport=SMALL) as context:
        yield _page(context, kind)


def consent_is_read_ticked_and_pressed(page: Page) -> None:
    """In this order, in the flow of the page, nothing over it."""
    tick, press = page.get_by_label(steps.AGREE), button(page, "确认无误")
    terms = page.get_by_role("link", name="阅读《考试采集相关条例》")
    below_each_other(terms, tick, press)
    for each in (terms, tick, press):
        each.scroll_into_view_if_needed()
        is_whole(each)
    fits(page)
    steps.confirm(page)


def all_examples_are_seen(page: Page, listed: str) -> None:
    examples = page.locator(listed)
    expect(examples).to_have_count(6)
    for place in range(6):
        is_whole(examples.nth(place))
    fits(page)


def the_code_is_shown(page: Page, kind: Kind) -> str:
    """The link of the QR code, which a phone shows when it is asked for."""
    if not kind.pc:
        button(page, HERE).scroll_into_view_if_needed()
        is_whole(button(page, HERE))
        expect(page.locator("#qr")).to_be_hidden()
        button(page, OTHER).click()
    page.locator("#qr img").wait_for()
    page.locator("#qr").scroll_into_view_if_needed()
    beside = [page.locator("#typed"), page.locator("#short")] if kind.pc else []
    for each in (page.locator("#qr"), button(page, RENEW), *beside):
        is_whole(each)
    fits(page)
    return decoded(page)


def the_number_is_compared(seat: Page, hand: Page) -> None:
    """It stands on both screens at first sight, beside the buttons for a stranger's phone."""
    shown, expected = hand.locator(".compare .number"), seat.locator("output.number")
    for each in (shown, expected, button(seat, NOT_MINE), button(seat, RENEW)):
        is_whole(each)
    assert shown.text_content() == expected.text_content()
    fits(seat)


def the_picture_is_taken(hand: Page) -> None:
    """From the specification to the end."""
    all_examples_are_seen(hand, ".bad-ones > figure")
    is_whole(button(hand, READ))
    button(hand, READ).click()
    shutter = button(hand, "拍照")
    expect(shutter).to_be_enabled()
    is_whole(shutter)
    is_whole(hand.locator(".shoot-frame"))
    assert box_of(hand.locator(".shoot-frame"))["width"] > 190
    shutter.click()
    for name in ("重拍", "使用这张照片"):
        is_whole(button(hand, name))
    button(hand, "使用这张照片").click()
    is_whole(hand.get_by_role("heading", name="请回到电脑继续"))
    is_whole(button(hand, "重拍"))
    fits(hand)


def the_end_leads_on(seat: Page, hand: Page) -> None:
    """不是我的手机, and what both screens say then."""
    button(seat, NOT_MINE).click()
    is_whole(button(seat, RENEW))
    expect(seat.get_by_role("dialog").get_by_role("heading", name="这次连接已结束")).to_be_focused()
    is_whole(hand.get_by_role("heading", name="这次连接已结束"))
    for each in (hand.get_by_label(CODE), button(hand, CONNECT)):
        each.scroll_into_view_if_needed()
        is_whole(each)
    fits(hand)


def test_a_portrait_from_the_first_step_to_the_last(
    world: World, seat: Page, hand: Page, kind: Kind, candidate: str
) -> None:
    steps.log_in(seat, world.origin, candidate)
    steps.open_dialog(seat)
    consent_is_read_ticked_and_pressed(seat)
    all_examples_are_seen(seat, ".examples > li")
    is_whole(button(seat, READ if kind.pc else HERE))
    button(seat, READ).click()
    expect(seat.locator("#qr, #other-phone").first).to_be_attached()
    assert kind.pc or seat.evaluate("document.querySelector('.dialog-panel').scrollTop") == 0
    is_whole(seat.locator("#qr") if kind.pc else button(seat, HERE))
    hand.goto(the_code_is_shown(seat, kind))
    the_number_is_compared(seat, hand)
    consent_is_read_ticked_and_pressed(hand)
    the_picture_is_taken(hand)
    for name in (steps.NEXT, "重拍"):
        is_whole(button(seat, name))
    if kind.pc:
        is_whole(seat.locator(".registered-photo"))
    fits(seat)
    button(hand, "重拍").click()
    button(seat, "重拍").click()
    expect(seat.get_by_role("heading", name="请在手机上继续")).to_be_visible()
    the_end_leads_on(seat, hand)


def test_pictures_of_a_document(world: World, seat: Page, hand: Page, kind: Kind) -> None:
    papers.open_dialog(seat, world, papers.wanted(world), by_phone=True)
    hand.goto(the_code_is_shown(seat, kind))
    the_number_is_compared(seat, hand)
    consent_is_read_ticked_and_pressed(hand)
    expect(hand.get_by_role("heading", name="身份证正面")).to_be_visible()
    fits(hand)


def test_a_phone_without_a_scan_types_the_code(world: World, hand: Page) -> None:
    hand.goto(f"{world.origin}/m")
    for each in (hand.get_by_label(CODE), button(hand, CONNECT), hand.get_by_role("link", name=HERE)):
        each.scroll_into_view_if_needed()
        is_whole(each)
    fits(hand)


def test_on_a_pc_with_large_text_the_code_is_whole(world: World, browser: Browser, candidate: str) -> None:
    with browsers.desktop(browser, viewport={"width": 1366, "height": 768}) as context:
        page = _page(context, Kind(pc=True, twice=True))
        steps.to_code(page, world.origin, candidate)
        for each in (page.locator("#qr"), button(page, RENEW)):
            is_whole(each)
        assert decoded(page) == browsers.read_code(page)
