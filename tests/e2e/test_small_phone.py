"""A candidate who has nothing but a small phone: what they need next is on the screen, without scrolling."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.e2e import browsers, papers, steps
from tests.e2e.browsers import box_of
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

HERE = "用本机拍照"
SMALL: ViewportSize = {"width": 360, "height": 640}


@pytest.fixture
def hand(browser: Browser) -> Iterator[Page]:
    """The page on a phone of 360×640."""
    with browsers.phone(browser, viewport=SMALL) as context:
        yield context.new_page()


def test_the_phone_itself_comes_before_the_code_that_it_cannot_scan(world: World, hand: Page, candidate: str) -> None:
    steps.to_specification(hand, world.origin, candidate)
    asked: list[str] = []
    hand.on("request", lambda request: asked.append(request.url))
    button(hand, "我知道了，去拍照").click()
    expect(button(hand, HERE)).to_be_in_viewport(ratio=1)
    expect(hand.locator("#qr")).to_be_hidden()
    hand.wait_for_load_state()  # the button is the scripts'
    button(hand, "用另一部手机扫码").click()
    hand.locator("#qr img").wait_for()
    assert box_of(button(hand, HERE))["y"] > box_of(hand.locator("#qr"))["y"], "asked for, the code comes first"
    assert len([url for url in asked if url.endswith("/pairings/code")]) == 1


def test_on_a_pc_the_code_comes_first(world: World, desk: Page, candidate: str) -> None:
    steps.to_code(desk, world.origin, candidate)
    assert box_of(button(desk, HERE))["y"] > box_of(desk.locator("#qr"))["y"]


@pytest.mark.parametrize("asked", ["", "?phone=1"])
def test_pictures_of_a_document_begin_with_the_phone_itself_too(world: World, hand: Page, asked: str) -> None:
    steps.log_in(hand, world.origin, papers.wanted(world, "居民身份证"))
    hand.goto(f"{world.origin}/apply/documents{asked}")
    expect(button(hand, HERE)).to_be_in_viewport(ratio=1)


def test_the_buttons_below_stay_on_one_line_in_english(world: World, hand: Page, candidate: str) -> None:
    steps.to_specification(hand, world.origin, candidate)
    button(hand, "我知道了，去拍照").click()
    expect(button(hand, HERE)).to_be_visible()
    hand.goto(f"{world.origin}/apply")
    button(hand, "English").click()
    button(hand, "Apply").click()
    expect(button(hand, "Cancel")).to_be_visible()
    cancel, onward = (box_of(button(hand, name)) for name in ("Cancel", "Photo taken, next step"))
    assert abs(cancel["y"] - onward["y"]) < 8
    assert box_of(hand.locator(".dialog-foot"))["height"] <= 72
