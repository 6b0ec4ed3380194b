"""A candidate's pages with large text on a small phone: no wider than the screen, no word letter under letter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from tests.e2e import browsers, papers, steps
from tests.e2e.browsers import read_code
from tests.e2e.steps import button
from tests.e2e.test_axe import in_language
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

SMALL: ViewportSize = {"width": 360, "height": 740}
LAPTOP: ViewportSize = {"width": 1366, "height": 768}
PAGES = ("/apply", "/forecast", "/education", "/result", "/print", "/terms", "/privacy", "/not-there")
# What has room for fewer than three letters in a line, and more than three lines. Of 1 px: for screen readers alone.
UPRIGHT = """() => [...document.querySelectorAll("h1, h2, h3, p, dt, dd, label, span, a, button, b, th, td")].filter(
  (node) => {
  if (node.offsetWidth === 1) return false;
  if (![...node.childNodes].some((each) => each.nodeType === 3 && each.textContent.trim().length > 3)) return false;
  const range = document.createRange();
  range.selectNodeContents(node);
  const box = range.getBoundingClientRect(), letter = parseFloat(getComputedStyle(node).fontSize);
  return box.width > 1 && box.width < 2.5 * letter && box.height > 4 * letter;
}).map((node) => node.textContent.trim())"""


@pytest.fixture(params=[(160, SMALL), (200, SMALL), (200, LAPTOP)], ids=["160", "200", "200 on a PC"])
def hand(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """The page where text is larger, in per cent."""
    percent, viewport = request.param
    kind = browsers.phone if viewport == SMALL else browsers.desktop
    with kind(browser, viewport=viewport) as context:
        context.add_init_script(browsers.larger_text(percent))
        yield context.new_page()


def fits(page: Page) -> None:
    """Nothing makes it wider than the screen, and words stay words, once the page has all its styles."""
    page.wait_for_load_state()
    width, screen = page.evaluate("[document.scrollingElement.scrollWidth, document.documentElement.clientWidth]")
    assert width <= screen, page.url
    assert page.evaluate(UPRIGHT) == [], page.url


@pytest.mark.parametrize("language", ["zh", "en"])
def test_before_and_after_the_application(world: World, hand: Page, candidate: str, language: str) -> None:
    hand.goto(f"{world.origin}/login")
    fits(hand)
    steps.log_in(hand, world.origin, candidate)
    in_language(hand, language)
    fits(hand)
    hand.locator("#application button").click()
    hand.get_by_role("dialog").wait_for()
    for path in PAGES:
        hand.goto(f"{world.origin}{path}")
        fits(hand)


def test_the_dialog_of_documents_and_the_phones_own_pages(world: World, hand: Page) -> None:
    papers.open_dialog(hand, world, papers.wanted(world))
    fits(hand)
    papers.agree(hand)
    button(hand, "用本机拍照").click()
    hand.wait_for_url("**/m")  # whose heading is that of the page before
    expect(hand.get_by_role("heading", name="证件附件")).to_be_visible()
    fits(hand)


def test_the_page_without_a_pairing(world: World, hand: Page) -> None:
    hand.goto(f"{world.origin}/m")
    expect(hand.get_by_role("heading", name="请扫电脑上的二维码")).to_be_visible()
    fits(hand)


# What is wider than the box that it stands in.
STICKS_OUT = """() => [...document.querySelectorAll(".phone-facts dd > *, figcaption, .examples b, .button")].filter(
  (node) => node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 1
    || node.getBoundingClientRect().right > node.parentElement.getBoundingClientRect().right + 1,
).map((node) => node.textContent)"""


def test_long_english_words_stay_in_their_boxes(world: World, desk: Page, hand: Page, candidate: str) -> None:
    steps.to_code(desk, world.origin, candidate)
    hand.add_init_script("sessionStorage.setItem('language', 'en')")
    hand.goto(read_code(desk))
    expect(hand.get_by_text("Resident identity card")).to_be_visible()
    fits(hand)
    assert hand.evaluate(STICKS_OUT) == []
    hand.get_by_role("checkbox").check()
    button(hand, "Confirm details").click()
    expect(hand.get_by_text("Uneven light")).to_be_visible()
    fits(hand)
    assert hand.evaluate(STICKS_OUT) == []


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """The page on a phone of 360×740, with text as usual."""
    with browsers.phone(browser, viewport=SMALL) as context:
        yield context.new_page()


def test_on_a_phone_the_button_is_in_reach_and_what_is_known_is_folded(
    world: World, plain: Page, candidate: str
) -> None:
    steps.log_in(plain, world.origin, candidate)
    expect(button(plain, "申请")).to_be_in_viewport(ratio=1)
    expect(plain.get_by_text("政治面貌")).to_be_hidden()
    plain.get_by_role("heading", name="考生信息").click()
    expect(plain.get_by_text("政治面貌")).to_be_visible()
    plain.get_by_label("联系电话").scroll_into_view_if_needed()
    expect(plain.get_by_label("联系电话")).to_be_in_viewport(ratio=1)
    expect(button(plain, "申请")).to_be_in_viewport(ratio=1)


def test_what_is_opened_before_the_scripts_are_there_stays_open(world: World, plain: Page, candidate: str) -> None:
    heading, known = plain.get_by_role("heading", name="考生信息"), plain.get_by_text("政治面貌")

    def open_first(script: Route) -> None:
        heading.click()
        script.continue_()

    steps.log_in(plain, world.origin, candidate)
    plain.wait_for_load_state()
    plain.route("**/application-form*.js*", open_first)
    plain.reload()
    expect(known).to_be_visible()


def test_on_a_pc_it_is_open(world: World, desk: Page, candidate: str) -> None:
    steps.log_in(desk, world.origin, candidate)
    expect(desk.get_by_text("政治面貌")).to_be_visible()
