"""The operator's console in a real browser: by keyboard, at both sizes, in both languages, as axe sees it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import browsers
from tests.e2e.steps import button
from tests.e2e.test_axe import enter, serious
from tests.e2e.world import World

pytestmark = pytest.mark.e2e
OPERATOR = "operator"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of whoever runs the service."""
    with browsers.desktop(browser) as context:
        yield context.new_page()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_bad(world: World, page: Page, language: str) -> None:
    enter(page, world, OPERATOR, language)
    found = {}
    for address in ("", "/offices", "/offices/new", "/offices/2", "/batches", "/batches/new"):
        page.goto(f"{world.origin}/operate{address}")
        found[address] = serious(page)
    page.locator("main form .button.primary").first.click()
    page.locator(".error").first.wait_for()
    found["mistakes"] = serious(page)
    page.goto(f"{world.origin}/operate/offices/2")
    page.locator("#contact").fill("020-00000009")
    page.locator("main form .button.primary").first.click()
    page.locator("[name=confirmed]").wait_for()
    found["meaning"] = serious(page)
    page.goto(f"{world.origin}/operate/offices/2")
    page.locator("form[action$='/close'] button").click()
    page.locator("[name=confirmed]").wait_for()
    found["closing"] = serious(page)
    assert {at: bad for at, bad in found.items() if bad} == {}


def test_a_contact_is_changed_by_keyboard_alone_and_a_candidate_reads_it(
    world: World, page: Page, desk: Page, candidate: str
) -> None:
    enter(page, world, OPERATOR, "zh")
    page.goto(f"{world.origin}/operate/offices")
    page.get_by_role("link", name="广州市考办").press("Enter")
    page.get_by_label("联系方式").fill("办事大厅 020-00000123")
    page.get_by_label("联系方式").press("Enter")
    expect(page.get_by_role("heading", name="这意味着什么")).to_be_visible()
    expect(page.get_by_text("办事大厅 020-00000123")).to_be_visible()
    button(page, "保存").press("Enter")
    expect(page.get_by_text("已保存")).to_be_visible()
    enter(desk, world, candidate, "zh")
    desk.goto(f"{world.origin}/apply")
    expect(desk.locator("#office-contact")).to_have_text("办事大厅 020-00000123")
    expect(desk.locator("#office-hours")).to_contain_text("周一至周五")


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_screen(world: World, page: Page, width: int) -> None:
    enter(page, world, OPERATOR, "zh")
    page.set_viewport_size({"width": width, "height": 640})
    for address in ("", "/offices", "/offices/2", "/batches", "/batches/new"):
        page.goto(f"{world.origin}/operate{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_date_without_a_time_is_told_before_it_is_sent_and_stays(world: World, page: Page) -> None:
    enter(page, world, OPERATOR, "zh")
    page.goto(f"{world.origin}/operate/batches/new")
    opens = page.get_by_label("开放", exact=True)
    opens.press_sequentially("12012026")
    button(page, "下一步").click()
    expect(opens).to_be_focused()
    assert opens.evaluate("field => field.validity.badInput")
