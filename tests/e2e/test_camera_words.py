"""What is said over the camera, in both languages: longer advice is as large as short, and nothing covers the face."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypedDict

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.e2e import browsers, films, steps
from tests.e2e.browsers import box_of, read_code
from tests.e2e.filming import LATE, Filmed, framing
from tests.e2e.steps import button
from tests.e2e.test_small_screens import TWICE, is_whole
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

SMALL: ViewportSize = {"width": 360, "height": 560}
LEANS = "头歪了。请把头向画面"
# Every prompt of the live judge, then what the rule pack advises in its place when it did not help; how each lies.
SAID = """async (language) => {
  const words = (await import(`words/live.${language}`)).default;
  const { checks } = await (await fetch("/m/pack")).json();
  const short = Object.entries(words).filter(([key]) => key.split(".").length > 2 && !key.startsWith("live.auto"));
  const judged = [...new Set(short.map(([key]) => key.split(".")[1]))];
  const advice = judged.flatMap((check) => ["too_low", "too_high"].map((way) => checks[check]?.advice[way]));
  const prompt = document.querySelector(".prompt");
  const letter = document.createRange();
  const topOf = (at) => {
    letter.setStart(prompt.firstChild, at);
    letter.setEnd(prompt.firstChild, at + 1);
    return letter.getBoundingClientRect().top;
  };
  const alone = (text) => [...text.matchAll(/[，。、：.,]/g)].some(({ index }) => topOf(index) > topOf(index - 1));
  const lying = (kind) => (text) => {
    Object.assign(prompt, { textContent: text, className: kind });
    const { left, right, top, bottom } = prompt.getBoundingClientRect();
    const face = document.querySelector("[data-rule=face_width]").getBoundingClientRect().top;
    const size = parseFloat(getComputedStyle(prompt).fontSize);
    return { text, size, left, right, top, bottom, face, alone: alone(text) };
  };
  return {
    short: [words["live.well"], ...short.map(([, text]) => text)].map(lying("prompt")),
    long: advice.filter(Boolean).map((each) => each[language]).map(lying("prompt is-long")),
  };
}"""


class Screen(NamedTuple):
    """A phone: how large, whether its text is twice as large, and what it speaks."""

    size: ViewportSize
    twice: bool
    language: str


class Lying(TypedDict):
    """A prompt: px of its letters, its sides, where the face begins, and whether a line begins with a full stop."""

    text: str
    size: float
    left: float
    right: float
    top: float
    bottom: float
    face: float
    alone: bool


SIZES: list[tuple[ViewportSize, bool]] = [
    (SMALL, False),
    (SMALL, True),
    ({"width": 360, "height": 640}, False),
    ({"width": 390, "height": 844}, False),
]
SCREENS = [Screen(size, twice, language) for size, twice in SIZES for language in ("zh", "en")]


def named(screen: Screen) -> str:
    """As the test is called."""
    return f"{screen.size['width']}x{screen.size['height']}{' twice' * screen.twice} {screen.language}"


@pytest.fixture(params=SCREENS, ids=named)
def screen(request: pytest.FixtureRequest) -> Screen:
    return Screen(*request.param)


@pytest.fixture
def hand(browser: Browser, screen: Screen) -> Iterator[Page]:
    """A phone whose own judge cannot be loaded, so that the test alone speaks."""
    with browsers.phone(browser, viewport=screen.size, service_workers="block") as context:
        if screen.twice:
            context.add_init_script(TWICE)
        page = context.new_page()
        page.route("**/static/vendor/**", lambda route: route.abort())
        yield page


def lies_above_the_face(said: Lying, width: int) -> bool:
    """All of it is on the screen, and none of it over the face."""
    return said["left"] >= 0 and said["right"] <= width and said["top"] >= 0 and said["bottom"] <= said["face"]


def test_longer_advice_is_as_large_as_the_short_and_covers_no_face(
    world: World, desk: Page, hand: Page, screen: Screen, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(hand, read_code(desk))
    said: dict[str, list[Lying]] = hand.evaluate(SAID, screen.language)
    assert len(said["long"]) > 15
    assert min(each["size"] for each in said["long"]) >= max(each["size"] for each in said["short"]) >= 22
    covering = [each for each in said["short"] + said["long"] if not lies_above_the_face(each, screen.size["width"])]
    assert covering == []
    assert [each["text"] for each in said["short"] + said["long"] if each["alone"]] == []
    assert box_of(hand.locator(".shoot-frame"))["width"] > 190
    for name in ("帮助", "定时：关", "拍照", "朗读"):
        is_whole(button(hand, name))


def test_what_did_not_help_for_a_while_is_said_at_length_and_as_large(
    filmed: Filmed, world: World, candidate: str
) -> None:
    with filmed(films.tilted, auto=False) as (desk, hand):
        hand.set_viewport_size(SMALL)
        framing(desk, hand, world, candidate)
        prompt = hand.locator(".prompt.is-long")
        expect(prompt).to_contain_text(LEANS, timeout=LATE)
        assert prompt.evaluate("(node) => getComputedStyle(node).fontSize") == "22px"


def test_the_seconds_of_the_self_timer_are_read_from_afar(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(phone, read_code(desk))
    button(phone, "定时：关").click()
    button(phone, "拍照").click()
    counting = phone.locator(".prompt.is-counting")
    expect(counting).to_have_text("3")
    assert counting.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)") > 70
    expect(button(phone, "使用这张照片")).to_be_visible()


def test_beside_the_picture_of_a_zoomed_pc_nothing_lies_over_anything(
    world: World, browser: Browser, desk: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    with browsers.desktop(browser, viewport={"width": 683, "height": 384}) as context:
        context.grant_permissions(["camera"])
        page = context.new_page()
        steps.to_camera(page, read_code(desk))
        lowest = box_of(page.locator(".shoot-top"))
        for name in ("在电脑上显示取景画面", "朗读", "帮助", "定时：关", "拍照"):
            is_whole(button(page, name))
            assert box_of(button(page, name))["y"] >= lowest["y"] + lowest["height"], name
