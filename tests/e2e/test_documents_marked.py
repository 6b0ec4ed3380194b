"""A picture of a document on the PC: in full size; the place that an office marked, and who only learns where."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.documents import cards
from tests.e2e.browsers import box_of, read_code, width_of
from tests.e2e.papers import agree, card_of, choose, open_dialog, received, rejected, wanted
from tests.e2e.scenes import scan
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

REGION, MIDDLE = [0.25, 0.5, 0.25, 0.2], (0.375, 0.6)


@pytest.fixture
def candidate(world: World, desk: Page) -> str:
    """Somebody whose front was rejected; the dialog on their PC shows it."""
    number = wanted(world)
    open_dialog(desk, world, number)
    choose(desk, "身份证正面", cards.jpeg(cards.on_a_table(1600, 1200)))
    received(desk, "身份证正面")
    rejected(world, number, "front", REGION)
    desk.reload()
    return number


def middle(shown: Locator) -> tuple[float, float]:
    """Of the drawn frame, as shares of the picture's sheet."""
    sheet, frame = box_of(shown), box_of(shown.locator("rect"))
    across = frame["x"] + frame["width"] / 2 - sheet["x"]
    down = frame["y"] + frame["height"] / 2 - sheet["y"]
    return across / sheet["width"], down / sheet["height"]


def test_it_lies_where_it_was_drawn(desk: Page, candidate: str) -> None:
    marked = card_of(desk, "身份证正面").locator(".marked")
    assert width_of(marked.locator("img")) > 1000
    assert middle(marked) == pytest.approx(MIDDLE, abs=0.02)


def test_a_phone_alone_shows_the_picture_while_its_login_lasts(world: World, candidate: str, phone: Page) -> None:
    open_dialog(phone, world, candidate)
    agree(phone)
    button(phone, "用本机拍照").click()
    marked = phone.locator(".slot-card[data-state=rejected] .marked")
    assert width_of(marked.locator("img")) > 1000
    assert middle(marked) == pytest.approx(MIDDLE, abs=0.02)
    theirs = "(SELECT id FROM candidate WHERE exam_number = ?)"
    world.change(f"UPDATE login SET ended_at = started_at WHERE candidate_id = {theirs}", candidate)
    phone.reload()
    expect(marked.locator("rect")).to_be_visible()
    expect(marked.locator("img")).to_have_count(0)
    assert middle(marked) == pytest.approx(MIDDLE, abs=0.02)


def test_another_phone_learns_where_and_sees_no_picture(desk: Page, candidate: str, phone: Page) -> None:
    desk.get_by_role("link", name="用手机拍证件").click()
    scan(phone, read_code(desk))
    with phone.expect_response("**/m/progress"):
        button(phone, "确认无误").click()
    marked = phone.locator(".slot-card[data-state=rejected] .marked")
    expect(marked.locator("rect")).to_be_visible()
    assert middle(marked) == pytest.approx(MIDDLE, abs=0.02)
    expect(marked.locator("img")).to_have_count(0)
    expect(phone.get_by_text("图片请在电脑上看")).to_be_visible()


def test_a_picture_opens_in_its_full_size(world: World, desk: Page) -> None:
    open_dialog(desk, world, wanted(world))
    choose(desk, "身份证正面", cards.jpeg(cards.on_a_table(1600, 1200)))
    received(desk, "身份证正面")
    with desk.expect_popup() as opened:
        card_of(desk, "身份证正面").get_by_role("link").press("Enter")
    assert width_of(opened.value.locator("img")) == 1600
    expect(button(desk, "提交身份证附件")).to_be_visible()
