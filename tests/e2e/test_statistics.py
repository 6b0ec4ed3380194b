"""The pages of statistics in a browser: both languages, phone and PC, by keyboard, on paper."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.e2e import browsers, steps
from tests.e2e.conftest import newcomer
from tests.e2e.test_axe import serious
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

PARTS = ("cases", "days", "refusals", "times")
SMALL: ViewportSize = {"width": 360, "height": 800}
_numbers = itertools.count(1)
APPLIED = """
    INSERT INTO application (tag, candidate_id, status, version, language, applied_at, status_since, major,
        programme_university, course_group, examining_university, batch, place, phone, office_id, register_tries)
    SELECT ?, id, ?, 1, 'zh', datetime('now'), datetime('now'), '', '', '', '', '', '', '',
        (SELECT id FROM office WHERE name LIKE ?), 0 FROM candidate WHERE exam_number = ?
"""
REJECTED = """
    INSERT INTO decision (act, application_id, status, office_id, staff_id, item, sha256, approved, reasons, opinion,
        decided_at)
    SELECT tag, id, 'PORTRAIT_REVIEW', office_id, (SELECT min(id) FROM staff), 'portrait', tag, 0, '["glasses"]', '',
        datetime('now', '-1 hour') FROM application WHERE tag = ?
"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A PC."""
    with browsers.desktop(browser) as context:
        yield context.new_page()


def applied(world: World, status: str, city: str = "广州%") -> str:
    """Somebody new has applied and stands there; the application's tag."""
    number, tag = newcomer(world), f"statistics{next(_numbers)}"
    world.change(
        "DELETE FROM application WHERE candidate_id = (SELECT id FROM candidate WHERE exam_number = ?)", number
    )
    world.change(APPLIED, tag, status, city, number)
    return tag


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_are_for_everybody(world: World, page: Page, language: str) -> None:
    world.change(REJECTED, applied(world, "CAPTURE"))
    applied(world, "SUBMITTED", "深圳%")
    steps.log_in(page, world.origin, "operator")
    if language == "en":
        page.locator(".language button[value=en]").click()
    for part in PARTS:
        page.goto(f"{world.origin}/operate/statistics?part={part}")
        expect(page.locator(".statistic")).not_to_have_count(0)
        assert serious(page) == []
        page.set_viewport_size(SMALL)
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    page.goto(f"{world.origin}/operate/statistics?span=days&from=2020-01-01&to=2020-01-02")
    expect(page.locator("table, figure")).to_have_count(0)
    assert serious(page) == []


def test_by_keyboard_to_one_city_and_its_days(world: World, page: Page) -> None:
    applied(world, "SUBMITTED", "深圳%")
    steps.log_in(page, world.origin, "operator")
    page.get_by_role("link", name="统计").press("Enter")
    expect(page.get_by_role("heading", name="统计", exact=True)).to_be_visible()
    page.get_by_label("市考办").focus()
    page.get_by_label("市考办").select_option(label="深圳市考办")
    page.get_by_label("市考办").press("Tab")
    steps.button(page, "查看").press("Enter")
    cities = page.get_by_role("region", name="这段时间的申请现在办到哪一步")
    expect(cities.get_by_role("rowheader")).to_have_text(["深圳市考办"])
    page.set_viewport_size(SMALL)
    expect(page.get_by_text("表格可以左右滑动").first).to_be_visible()
    cities.focus()
    cities.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.table-box').scrollLeft > 0")
    expect(cities.get_by_role("rowheader", name="深圳市考办")).to_be_in_viewport(ratio=1)


def test_the_office_comes_from_its_queue_and_takes_the_workbook_along(world: World, page: Page) -> None:
    applied(world, "SUBMITTED")
    steps.log_in(page, world.origin, "guangzhou")
    page.get_by_role("link", name="统计").click()
    expect(page.get_by_text("广州市考办").first).to_be_visible()
    expect(page.get_by_text("深圳市考办")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载全部表格").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("link", name="返回待审核").click()
    expect(page.get_by_role("heading", name="待审核")).to_be_visible()


def test_on_paper_there_are_the_figures_alone(world: World, page: Page) -> None:
    applied(world, "SUBMITTED")
    steps.log_in(page, world.origin, "operator")
    page.goto(f"{world.origin}/operate/statistics")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    for gone in (steps.button(page, "退出"), steps.button(page, "查看"), page.get_by_role("link", name="总览")):
        expect(gone).to_be_hidden()
    expect(page.get_by_role("img", name="已提交 / 申请人数")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 794
    assert page.evaluate("Math.max(...[...document.querySelectorAll('table')].map((each) => each.scrollWidth))") <= 794
