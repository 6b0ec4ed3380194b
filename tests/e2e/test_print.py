"""打印毕业生登记表: what comes out of a browser's printer."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FloatRect, Page, expect
from pypdf import PdfReader

from tests.e2e import steps
from tests.e2e.browsers import box_of, desktop, width_of
from tests.e2e.conftest import newcomer
from tests.e2e.steps import button
from tests.e2e.test_axe import serious
from tests.e2e.world import World

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def submitted(world: World, browser: Browser) -> Iterator[Page]:
    """A PC of somebody whose application is submitted."""
    number = newcomer(world)
    with desktop(browser) as context:
        context.grant_permissions(["camera"])
        page = context.new_page()
        steps.log_in(page, world.origin, number)
        steps.open_dialog(page)
        steps.confirm(page)
        button(page, "我知道了，去拍照").click()
        button(page, "用本机拍照").click()
        expect(button(page, "拍照")).to_be_enabled()
        steps.take_and_send(page)
        steps.hand_over(page)
        world.change(
            "UPDATE application SET status = 'SUBMITTED' WHERE candidate_id ="
            " (SELECT id FROM candidate WHERE exam_number = ?)",
            number,
        )
        yield page


@pytest.fixture
def shown(submitted: Page, world: World) -> Page:
    """The page, with both sides of the form there."""
    submitted.goto(f"{world.origin}/print")
    expect(submitted.get_by_text("正在生成登记表")).to_have_count(0)
    expect(submitted.locator("img.sheet")).to_have_count(2)
    for sheet in submitted.locator("img.sheet").all():
        assert width_of(sheet) > 700
    return submitted


def prints(world: World) -> int:
    """How often the server has heard of printing."""
    [(count,)] = world.rows("SELECT count(*) FROM audit WHERE action = 'form_printed'")
    return int(count)


def test_exactly_two_pages_of_a4_and_nothing_but_the_form(shown: Page) -> None:
    pages = PdfReader(io.BytesIO(shown.pdf(prefer_css_page_size=True))).pages
    assert [(round(page.mediabox.width), round(page.mediabox.height)) for page in pages] == [(595, 842)] * 2
    assert [page.extract_text().strip() for page in pages] == ["", ""]  # drawn, so no browser's font is in it


def test_the_button_opens_the_print_dialog_and_the_server_hears_of_it(shown: Page, world: World) -> None:
    before = prints(world)
    shown.evaluate("window.print = () => dispatchEvent(new Event('beforeprint'))")
    with shown.expect_response("**/print/printed") as answer:
        button(shown, "打印").click()
    assert answer.value.status == 204
    assert prints(world) > before


def test_the_portrait_is_drawn(shown: Page) -> None:
    box = box_of(shown.locator("img.sheet").first)
    clip: FloatRect = {
        "x": box["x"] + box["width"] * 0.75,
        "y": box["y"] + box["height"] * 0.1,
        "width": 60,
        "height": 60,
    }
    shot = shown.screenshot(full_page=True, clip=clip)
    assert len(shot) > 2000


def test_on_paper_nothing_of_the_page_around_it_is_left(shown: Page) -> None:
    shown.emulate_media(media="print")
    for name in ("h1", "header", "nav", "button", "footer"):
        for each in shown.locator(name).all():
            expect(each).to_be_hidden()
    shown.emulate_media(media="null")


def test_the_download_is_the_same_form(shown: Page) -> None:
    with shown.expect_download() as begun:
        shown.get_by_role("link", name="下载 PDF").click()
    pages = PdfReader(begun.value.path()).pages
    assert "陈思远" in pages[0].extract_text()
    assert len(pages) == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_keeps_people_out(shown: Page, language: str) -> None:
    shown.locator(f".language button[value={language}]").click()
    expect(shown.locator("html")).to_have_attribute("lang", {"zh": "zh-CN", "en": "en"}[language])
    assert serious(shown) == []
    shown.locator(".language button[value=zh]").click()


def test_a_page_that_does_not_come_is_told(submitted: Page, world: World) -> None:
    submitted.route("**/print/back.svg", lambda route: route.abort())
    submitted.clock.install()
    submitted.goto(f"{world.origin}/print")
    submitted.clock.run_for(10_000)
    expect(submitted.get_by_text("登记表没有显示出来")).to_be_visible()
    submitted.unroute("**/print/back.svg")
