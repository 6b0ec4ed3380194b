"""A candidate who has nothing but a small phone: what they need next is on the screen, without scrolling."""

import pytest
from playwright.sync_api import expect

from tests.e2e import browsers, papers, steps
from tests.e2e.steps import button

pytestmark = pytest.mark.e2e

HERE = "用本机拍照"
SMALL = {"width": 360, "height": 640}


@pytest.fixture
def hand(browser):
    """The page on a phone of 360×640."""
    with browsers.phone(browser, viewport=SMALL) as context:
        yield context.new_page()


def test_the_phone_itself_comes_before_the_code_that_it_cannot_scan(world, hand, candidate):
    steps.to_code(hand, world.origin, candidate)
    expect(button(hand, HERE)).to_be_in_viewport(ratio=1)
    assert button(hand, HERE).bounding_box()["y"] < hand.locator("#qr").bounding_box()["y"]


def test_on_a_pc_the_code_comes_first(world, desk, candidate):
    steps.to_code(desk, world.origin, candidate)
    assert button(desk, HERE).bounding_box()["y"] > desk.locator("#qr").bounding_box()["y"]


@pytest.mark.parametrize("asked", ["", "?phone=1"])
def test_pictures_of_a_document_begin_with_the_phone_itself_too(world, hand, asked):
    steps.log_in(hand, world.origin, papers.wanted(world, "居民身份证"))
    hand.goto(f"{world.origin}/apply/documents{asked}")
    expect(button(hand, HERE)).to_be_in_viewport(ratio=1)


def test_the_buttons_below_stay_on_one_line_in_english(world, hand, candidate):
    steps.to_code(hand, world.origin, candidate)
    hand.goto(f"{world.origin}/apply")
    button(hand, "English").click()
    button(hand, "Apply").click()
    expect(button(hand, "Cancel")).to_be_visible()
    hand.locator("#qr svg").wait_for()
    cancel, onward = (button(hand, name).bounding_box() for name in ("Cancel", "Photo taken, next step"))
    assert abs(cancel["y"] - onward["y"]) < 8
    assert hand.locator(".dialog-foot").bounding_box()["height"] <= 72
