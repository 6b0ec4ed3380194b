"""The phone after the shutter on little screens: what is judged, read and pressed is seen, and nothing is cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests import spoilt
from tests.e2e import browsers, scenes, steps
from tests.e2e.browsers import box_of, read_code
from tests.e2e.scenes import RETAKE, USE
from tests.e2e.steps import button
from tests.e2e.test_after_the_shutter import REGISTERED, WILL_REFUSE, jpeg, throttle
from tests.e2e.test_large_text import UPRIGHT
from tests.e2e.test_small_screens import TWICE, is_whole
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

RETRY = "重试"
SLOW = 8192  # bytes a second
OPAQUE = "(node) => !/rgba\\(.*, 0\\)|transparent/.test(getComputedStyle(node).backgroundColor)"
SCREEN_SHOWS = """(node) => {
  const { left, top, width, height } = node.getBoundingClientRect();
  const at = document.elementFromPoint(left + width / 2, top + height / 2);
  return Boolean(at && node.contains(at));
}"""
FACE_IN_SIGHT = """(node) => {
  const [frame, crop] = [node, node.querySelector(".crop-mark > rect")].map((each) => each.getBoundingClientRect());
  const [x, y] = [crop.left + crop.width / 2, crop.top + crop.height / 2];
  return x > frame.left && x < frame.right && y > frame.top && y < Math.min(frame.bottom, innerHeight);
}"""


class Kind(NamedTuple):
    """How large a phone is, and whether its text is twice as large."""

    size: ViewportSize
    twice: bool


KINDS = {
    "small": Kind({"width": 360, "height": 560}, False),
    "small, text of 200 %": Kind({"width": 360, "height": 560}, True),
    "lying": Kind({"width": 844, "height": 390}, False),
}


@pytest.fixture(params=list(KINDS.values()), ids=list(KINDS))
def kind(request: pytest.FixtureRequest) -> Kind:
    return Kind(*request.param)


@pytest.fixture
def hand(browser: Browser, kind: Kind) -> Iterator[Page]:
    """A phone of this kind."""
    with browsers.phone(browser, viewport=kind.size, service_workers="block") as context:
        if kind.twice:
            context.add_init_script(TWICE)
        yield context.new_page()


def fits(page: Page) -> None:
    """Nothing is wider than the screen, words stay words, and what lies over what scrolls hides it."""
    width, screen = page.evaluate("[document.scrollingElement.scrollWidth, screen.width]")
    assert width <= screen
    assert page.evaluate(UPRIGHT) == []
    for foot in page.locator(".phone-foot").all():
        assert foot.evaluate(OPAQUE)


def comes_into_sight(shown: Locator) -> None:
    """Once it is scrolled to, nothing lies over its middle."""
    shown.evaluate("(node) => node.scrollIntoView({ block: 'center' })")
    assert shown.evaluate(SCREEN_SHOWS)


def registered_on(hand: Page) -> Locator:
    """The registered photo, with what is drawn over it."""
    expect(hand.get_by_role("img", name=REGISTERED)).to_be_visible()
    return hand.locator(".registered > div")


def sent_by_file(desk: Page, hand: Page, world: World, candidate: str, picture: bytes) -> None:
    """上传照片 in the help of the camera, also where a phone that lies shows nothing else."""
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(hand, read_code(desk))
    chooser = hand.locator(".help-dialog input[type=file]").first
    chooser.set_input_files({"name": "me.jpg", "mimeType": "image/jpeg", "buffer": picture})
    expect(button(hand, USE)).to_be_visible()


def test_a_picture_that_will_be_refused_and_its_reason(
    world: World, desk: Page, hand: Page, kind: Kind, candidate: str
) -> None:
    sent_by_file(desk, hand, world, candidate, jpeg(spoilt.rolled(15)))
    told = hand.get_by_text(WILL_REFUSE)
    for each in (told, button(hand, RETAKE), button(hand, USE)):
        is_whole(each)
    assert abs(box_of(button(hand, RETAKE))["y"] - box_of(button(hand, USE))["y"]) < 8, "beside each other"
    comes_into_sight(registered_on(hand))
    comes_into_sight(hand.get_by_role("button", name=re.compile("头歪了")))
    fits(hand)
    button(hand, USE).click()
    expect(hand.get_by_role("heading", name="这张照片不能用")).to_be_visible()
    is_whole(button(hand, RETAKE))
    comes_into_sight(hand.get_by_text("头歪了"))
    fits(hand)


def test_a_good_picture_is_seen_beside_its_buttons(
    world: World, desk: Page, hand: Page, kind: Kind, candidate: str
) -> None:
    sent_by_file(desk, hand, world, candidate, jpeg(spoilt.placed(0.7)))
    registered = registered_on(hand)
    if not kind.twice:
        is_whole(registered)
    assert box_of(registered)["height"] > 150
    fits(hand)
    hand.locator(".preview > button").click()
    expect(hand.locator(".preview.is-zoomed")).to_be_visible()
    assert hand.locator(".preview.is-zoomed").evaluate(FACE_IN_SIGHT)
    hand.locator(".preview.is-zoomed > button").click()
    button(hand, USE).click()
    scenes.arrived(hand)
    is_whole(button(hand, RETAKE))
    comes_into_sight(registered_on(hand))
    fits(hand)


@pytest.mark.between
def test_sending_tells_how_much_has_been_sent(world: World, desk: Page, hand: Page, kind: Kind, candidate: str) -> None:
    sent_by_file(desk, hand, world, candidate, jpeg(spoilt.placed(0.7)))
    registered_on(hand)
    throttle(hand, SLOW)
    button(hand, USE).click()
    is_whole(hand.get_by_text(re.compile(r"已发送 \d+ KB，共 \d+ KB")))
    is_whole(hand.get_by_text("请不要关闭这一页。"))
    expect(button(hand, RETRY)).to_be_hidden()
    fits(hand)


@pytest.mark.between
def test_what_does_not_get_through_says_what_can_be_done(
    world: World, desk: Page, hand: Page, kind: Kind, candidate: str
) -> None:
    sent_by_file(desk, hand, world, candidate, jpeg(spoilt.placed(0.7)))
    hand.route("**/m/captures", lambda route: route.abort())
    button(hand, USE).click()
    is_whole(button(hand, RETRY))
    is_whole(hand.get_by_text(re.compile("网络断开|网络不稳")))
    comes_into_sight(hand.get_by_text("照片保存在这台手机上"))
    fits(hand)
    hand.unroute("**/m/captures")
    button(hand, RETRY).click()
    scenes.arrived(hand)


def bad_files() -> list[Callable[[], bytes]]:
    """What has no chance, each for a reason of its own."""
    return [lambda: jpeg(spoilt.placed(1, size=(300, 400))), lambda: jpeg(spoilt.placed())[:150_000]]


@pytest.mark.parametrize("picture", bad_files(), ids=["few px", "not whole"])
def test_a_file_without_a_chance_says_why(
    world: World, desk: Page, hand: Page, kind: Kind, candidate: str, picture: Callable[[], bytes]
) -> None:
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(hand, read_code(desk))
    chooser = hand.locator(".help-dialog input[type=file]").first
    chooser.set_input_files({"name": "me.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    is_whole(button(hand, RETAKE))
    comes_into_sight(hand.locator(".findings > .bad").first)
    fits(hand)


def test_the_way_back_from_the_help_is_in_sight(
    world: World, desk: Page, hand: Page, kind: Kind, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(hand, read_code(desk))
    hand.set_viewport_size({"width": 360, "height": 560})
    button(hand, "帮助").click()
    hand.set_viewport_size(kind.size)
    is_whole(button(hand, "回到取景"))
    comes_into_sight(button(hand, "复制链接"))
    button(hand, "回到取景").click()
    expect(hand.get_by_role("dialog")).to_be_hidden()
