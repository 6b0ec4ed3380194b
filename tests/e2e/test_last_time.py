"""What an office said about the picture before: on the phone, in full, and without a smaller frame."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e import browsers, steps
from tests.e2e.browsers import box_of, read_code
from tests.e2e.steps import button
from tests.e2e.test_small_screens import is_whole
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

REASONS = ["脸转向了画面左侧。请正对镜头。", "背景不干净。请换一面没有图案和杂物的白墙。"]
OPINION = "请换一件有领子的深色上衣，头发不要遮住耳朵，并在白天靠近窗户的地方重新拍一张。"
SAID = f"上次未通过：{' '.join([*REASONS, OPINION])}"


def rejected(route: Route) -> None:
    """The server's answer, as after a rejection with many words."""
    answer = route.fetch()
    said = {"reasons": ["yaw.too_low"], "texts": REASONS, "opinion": OPINION, "region": None}
    route.fulfill(response=answer, json=answer.json() | {"rejected": said})


@pytest.mark.parametrize("height", [560, 844])
def test_many_words_are_read_before_the_camera_and_leave_the_frame_its_size(
    world: World, browser: Browser, desk: Page, candidate: str, height: int
) -> None:
    with browsers.phone(browser, viewport={"width": 360, "height": height}, service_workers="block") as context:
        hand = context.new_page()
        for call in ("state", "claim", "progress"):
            hand.route(f"**/m/{call}", rejected)
        steps.to_code(desk, world.origin, candidate)
        hand.goto(read_code(desk))
        steps.confirm(hand)
        expect(hand.locator(".banner.warn")).to_contain_text(SAID)
        button(hand, "我知道了，去拍照").click()
        expect(button(hand, "拍照")).to_be_enabled()
        assert box_of(hand.locator(".shoot-frame"))["width"] > 190
        pill = button(hand, SAID)
        is_whole(pill)
        pill.click()
        expect(pill).to_have_attribute("aria-expanded", "true")
        assert pill.locator("span").evaluate("(node) => node.scrollHeight <= node.clientHeight")
        is_whole(pill)
        pill.click()
        is_whole(button(hand, "拍照"))
