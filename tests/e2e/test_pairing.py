"""The main job: a PC shows a code, a phone scans it and takes the picture, the PC unlocks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e import steps
from tests.e2e.browsers import desktop, phone, read_code
from tests.e2e.conftest import newcomer
from tests.e2e.steps import NEXT, button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module", params=["eventlet", "threading"])
def either_world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    running = World(tmp_path_factory.mktemp(request.param), request.param).start()
    yield running
    assert running.stop() == 0
    assert "Traceback" not in running.log()


def test_pc_and_phone_together(either_world: World, browser: Browser) -> None:
    with desktop(browser) as pc, phone(browser) as pocket:
        desk, hand = pc.new_page(), pocket.new_page()
        steps.to_code(desk, either_world.origin, newcomer(either_world))
        expect(button(desk, NEXT)).to_be_disabled()

        hand.goto(read_code(desk))
        expect(desk.get_by_text("手机已连接")).to_be_visible()
        number = desk.locator("output.number").inner_text()
        expect(hand.get_by_text(number)).to_be_visible()

        steps.confirm(hand)
        button(hand, "我知道了，去拍照").click()
        expect(button(hand, "拍照")).to_be_enabled()
        expect(desk.locator(".live [aria-current=step]")).to_contain_text("正在拍照")
        steps.take_and_send(hand)
        expect(hand.get_by_role("heading", name="请回到电脑继续")).to_be_visible()

        expect(desk.get_by_role("img", name="手机传来的照片")).to_be_visible()
        steps.hand_over(desk)
        expect(desk.get_by_text("回执编号")).to_be_visible()
