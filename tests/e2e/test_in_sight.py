"""On a laptop, at 100 % and at 200 %, and on a small screen: what is looked at or pressed is in sight."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.e2e import browsers, steps
from tests.e2e.beside import framing
from tests.e2e.browsers import box_of, read_code
from tests.e2e.offices import open_case
from tests.e2e.scenes import APPLICATION
from tests.e2e.steps import button
from tests.e2e.test_axe import in_language
from tests.e2e.test_review import hand_in
from tests.e2e.test_small_screens import NOT_MINE, RENEW, SMALL, TWICE, ZOOMED, fits, is_whole
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

LAPTOP: ViewportSize = {"width": 1366, "height": 625}  # 1366×768 less the browser's own bars
# What ends right of what it stands in, in the dialog.
STICKS_OUT = """() => [...document.querySelectorAll(".pair :is(li, b, output, button)")].filter((node) =>
  node.getBoundingClientRect().right > node.closest(".pair").getBoundingClientRect().right + 1,
).map((node) => node.textContent.trim())"""
LINES = (
    "(shown) => { const r = document.createRange(); r.selectNodeContents(shown); return r.getClientRects().length; }"
)


@pytest.fixture
def seat(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A PC with a window of this size."""
    with browsers.desktop(browser, viewport=request.param) as context:
        yield context.new_page()


@pytest.mark.parametrize("seat", [LAPTOP], indirect=True)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_six_examples_are_seen_without_scrolling(world: World, seat: Page, candidate: str, language: str) -> None:
    steps.to_specification(seat, world.origin, candidate)
    expect(seat.locator(".examples")).to_be_visible()
    if language == "en":
        seat.evaluate("document.querySelector('.language button[value=en]').click()")
        expect(seat.locator("html")).to_have_attribute("lang", "en")
    for place in range(6):
        is_whole(seat.locator(".examples > li").nth(place))
    is_whole(seat.locator(".spec-choice .primary"))


@pytest.mark.parametrize("seat", [ZOOMED, SMALL], indirect=True, ids=["zoom of 200 %", "small screen"])
def test_strangers_can_be_sent_away_while_the_phone_frames(
    world: World, seat: Page, phone: Page, candidate: str
) -> None:
    framing(seat, phone, world, candidate)
    for each in (seat.locator(".framing-prompt"), seat.locator("output.number"), button(seat, NOT_MINE)):
        is_whole(each)
    is_whole(button(seat, RENEW))
    dialog, window = box_of(seat.get_by_role("dialog")), seat.viewport_size
    assert (dialog["width"], dialog["height"]) == (window and window["width"], window and window["height"])
    fits(seat)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("seat", [SMALL, LAPTOP], indirect=True, ids=["small screen", "laptop"])
def test_with_text_twice_as_large_strangers_can_be_sent_away_and_the_photo_is_seen(
    world: World, seat: Page, phone: Page, candidate: str, language: str
) -> None:
    seat.add_init_script(TWICE)
    steps.to_code(seat, world.origin, candidate)
    if language == "en":
        seat.evaluate("document.querySelector('.language button[value=en]').click()")
        expect(seat.locator("html")).to_have_attribute("lang", "en")
    link = read_code(seat)
    assert seat.evaluate(STICKS_OUT) == []
    phone.goto(link)
    not_mine, renew = (seat.locator(f"form[action$='/{each}'] button") for each in ("not-mine", "renew"))
    stranger = (seat.locator("output.number:not(.empty)"), not_mine, renew)
    for each in stranger:
        is_whole(each)
    phone.get_by_role("checkbox").check()
    phone.locator(".actions .primary").click()
    phone.locator("body[data-screen=rules] .actions .primary").click()
    for each in (seat.locator(".framing-prompt"), *stranger):
        is_whole(each)
    phone.locator("button.shutter:enabled").click()
    phone.locator("body[data-screen=look] .actions .primary").click()
    for each in (seat.locator(".registered-photo img"), not_mine, seat.locator("#next")):
        is_whole(each)


@pytest.mark.parametrize("seat", [{"width": 360, "height": 640}], indirect=True)
def test_the_title_is_one_line_in_english_too(world: World, seat: Page, candidate: str) -> None:
    steps.log_in(seat, world.origin, candidate)
    in_language(seat, "en")
    seat.locator("#application button").click()
    title = seat.get_by_role("heading", name="Graduation photo", exact=True)
    expect(title).to_be_visible()
    assert title.evaluate(LINES) == 1
    fits(seat)


@pytest.mark.parametrize("seat", [SMALL], indirect=True)
def test_a_case_with_a_long_english_status_is_no_wider_than_the_screen(
    world: World, browser: Browser, seat: Page
) -> None:
    number = hand_in(world, browser)
    world.change(f"UPDATE application SET status = 'DOCUMENT_REVIEW_CITY' WHERE id = {APPLICATION}", number)
    open_case(seat, world.origin, "guangzhou", number)
    in_language(seat, "en")
    fits(seat)
