"""The live judge comes while people read; whoever is at the camera sooner is told, and takes the picture without it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import browsers, steps
from tests.e2e.browsers import read_code
from tests.e2e.scenes import USE
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

LINE = "取景提示正在加载，可以直接拍照"
AUTO = "自动拍照：关"
RETAKE = "重拍"
# The network of faces does not come before `come()` or `fail()`, whether it has been asked for by then or not.
HELD_BACK = """() => {
    const { fetch } = globalThis;
    const decided = new Promise((come, fail) => Object.assign(globalThis, { come, fail }));
    decided.catch(() => undefined);
    globalThis.fetch = async (what, how) => {
        if (String(what).includes('/vendor/face.bin')) await decided;
        return fetch(what, how);
    };
}"""
LATE = 60_000  # ms: the machine may be busy
BYTES_A_SECOND = 30_000
NETWORK = {"offline": False, "latency": 100, "downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND}
CAME = """() => ['tensorflow.js', 'tensorflow.wasm', 'face.json', 'face.bin'].every((name) =>
    performance.getEntriesByType('resource').some((each) => each.name.includes(name) && each.responseEnd))"""


@pytest.fixture
def hand(browser: Browser) -> Iterator[Page]:
    """A phone that keeps nothing."""
    with browsers.phone(browser, service_workers="block") as context:
        yield context.new_page()


def test_it_comes_while_people_read_on_a_slow_link(world: World, desk: Page, hand: Page, candidate: str) -> None:
    steps.to_code(desk, world.origin, candidate)
    wire = hand.context.new_cdp_session(hand)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", NETWORK)
    with hand.expect_request("**/vendor/tensorflow.js*", timeout=LATE):
        hand.goto(read_code(desk))
    expect(hand.get_by_label(steps.AGREE)).to_be_visible()
    steps.confirm(hand)
    expect(button(hand, "我知道了，去拍照")).to_be_visible(timeout=LATE)
    hand.wait_for_function(CAME, timeout=LATE)
    button(hand, "我知道了，去拍照").click()
    expect(button(hand, AUTO)).to_be_visible(timeout=LATE)
    expect(hand.get_by_text(LINE)).to_have_count(0)


def test_who_is_sooner_is_told_and_takes_the_picture(world: World, desk: Page, hand: Page, candidate: str) -> None:
    hand.add_init_script(f"({HELD_BACK})()")
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(hand, read_code(desk))
    expect(hand.get_by_text(LINE)).to_be_visible(timeout=LATE)
    button(hand, "拍照").click()
    expect(button(hand, USE)).to_be_visible()
    button(hand, RETAKE).click()
    expect(hand.get_by_text(LINE)).to_be_visible(timeout=LATE)
    hand.evaluate("come()")
    expect(button(hand, AUTO)).to_be_visible(timeout=LATE)
    expect(hand.get_by_text(LINE)).to_have_count(0)


def test_what_does_not_come_is_no_longer_announced(world: World, desk: Page, hand: Page, candidate: str) -> None:
    hand.add_init_script(f"({HELD_BACK})()")
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(hand, read_code(desk))
    expect(hand.get_by_text(LINE)).to_be_visible(timeout=LATE)
    hand.evaluate("fail(new TypeError())")
    expect(hand.get_by_text(LINE)).to_have_count(0)
    button(hand, "拍照").click()
    expect(button(hand, USE)).to_be_visible()
