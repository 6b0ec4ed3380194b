"""The documents dialog and the phone's screens for documents, as axe sees them, in both languages and sizes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.documents import cards
from tests.e2e import browsers
from tests.e2e.browsers import read_code
from tests.e2e.papers import choose, open_dialog, received, wanted
from tests.e2e.test_axe import in_language, serious
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

SCREENS = ".slot-card", ".shutter:enabled", ".taken"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_dialog_with_a_code_a_picture_and_a_fault(world: World, desk: Page, language: str) -> None:
    open_dialog(desk, world, wanted(world), by_phone=True)
    choose(desk, "身份证正面", cards.jpeg(cards.card()))
    received(desk, "身份证正面")
    choose(desk, "身份证反面", b"no picture", "card.pdf")
    expect(desk.locator("#error-back")).not_to_be_empty()
    if language == "en":
        desk.goto(f"{world.origin}/apply")
        in_language(desk, language)
        desk.goto(f"{world.origin}/apply/documents?phone=1")
    assert serious(desk) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_phones_screens(world: World, desk: Page, browser: Browser, language: str) -> None:
    open_dialog(desk, world, wanted(world), by_phone=True)
    with browsers.phone(browser) as context:
        hand = context.new_page()
        hand.goto(read_code(desk))
        hand.locator("#agree").check()
        if language == "en":
            hand.locator("#tools .button").last.click()
            hand.locator("#agree").check()
        presses = ".phone-foot > .button", ".slot-card .button", ".shutter"
        for press, screen in zip(presses, SCREENS, strict=True):
            hand.locator(press).first.click()
            hand.locator(screen).first.wait_for()
            assert serious(hand) == []
            hand.set_viewport_size(browsers.PHONE["viewport"])
