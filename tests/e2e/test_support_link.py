"""Support issues a link: the desktop follows, the phone must know the last four characters, three wrong ones end it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import browsers, scenes, steps
from tests.e2e.browsers import read_code
from tests.e2e.scenes import scan
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

LAST4 = "000X"  # of every candidate that `newcomer` adds


@pytest.fixture
def support(world: World, browser: Browser) -> Iterator[Page]:
    """Support's page, logged in."""
    with browsers.desktop(browser) as context:
        page = context.new_page()
        steps.log_in(page, world.origin, "support")
        yield page


def look_up(support: Page, candidate: str) -> None:
    """准考证号, 查找."""
    support.get_by_label("准考证号").fill(candidate)
    button(support, "查找").click()
    expect(support.get_by_text("当前连接状态")).to_be_visible()


def issued(support: Page, candidate: str) -> str:
    """A new link from support."""
    look_up(support, candidate)
    button(support, "重新生成配对链接").click()
    return support.locator("#link").inner_text()


def answer(phone: Page, last4: str) -> None:
    """The four characters, 继续."""
    phone.get_by_label("证件号后四位").fill(last4)
    button(phone, "继续").click()


def test_the_link_opens_with_the_right_four_characters_and_the_desktop_follows(
    world: World, support: Page, desk: Page, phone: Page, candidate: str
) -> None:
    scenes.connected(desk, phone, world, candidate)
    link = issued(support, candidate)
    expect(phone.get_by_text("客服已重新发出配对链接")).to_be_visible()
    expect(desk.locator("#qr img")).to_be_visible()

    scan(phone, link)
    answer(phone, "1234")
    expect(phone.get_by_text("后四位不对，还可以试 2 次")).to_be_visible()
    expect(desk.get_by_role("alert")).to_contain_text("后四位输入错误")
    answer(phone, LAST4)
    expect(phone.get_by_label(steps.AGREE)).to_be_visible()
    expect(phone.get_by_text(scenes.number_on(desk))).to_be_visible()
    steps.confirm(phone)
    button(phone, scenes.READ).click()
    steps.take_and_send(phone)
    scenes.shown(desk)
    look_up(support, candidate)
    expect(support.locator(".timeline", has_text="照片已收到").first).to_be_attached()
    assert LAST4 not in support.locator("main").inner_text()


def test_the_link_asks_in_the_language_of_the_candidate(
    world: World, support: Page, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    link = issued(support, candidate)
    world.change(f"UPDATE application SET language = 'en' WHERE id = {scenes.APPLICATION}", candidate)
    scan(phone, link)
    expect(phone.get_by_role("heading", name="Last four characters of the ID number")).to_be_visible()
    expect(button(phone, "中文")).to_be_visible()


def test_three_wrong_answers_end_the_link(world: World, support: Page, desk: Page, phone: Page, candidate: str) -> None:
    steps.to_code(desk, world.origin, candidate)
    scan(phone, issued(support, candidate))
    for left in ("2", "1"):
        answer(phone, "1234")
        expect(phone.get_by_text(f"还可以试 {left} 次")).to_be_visible()
    answer(phone, "1234")
    expect(phone.get_by_text("这次连接已被撤销")).to_be_visible()
    expect(desk.get_by_role("alert").last).to_contain_text("这次连接已被撤销")
    assert scenes.pairings(world, candidate)[-1] == "locked"


def test_support_revokes_and_the_phone_and_the_desktop_are_told(
    world: World, support: Page, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(phone, read_code(desk))
    look_up(support, candidate)
    button(support, "撤销").click()
    expect(support.get_by_text("已撤销配对链接")).to_be_visible()
    expect(phone.get_by_text("这次连接已被撤销")).to_be_visible()
    expect(desk.get_by_role("alert")).to_contain_text("这次连接已被撤销")
