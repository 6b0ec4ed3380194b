"""The live judge: prompts follow the camera, the good picture is taken by itself, faults are shown at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol

import pytest
from PIL import Image
from playwright.sync_api import Page, Playwright, expect

from tests import pictures
from tests.e2e import browsers, films, steps
from tests.e2e.browsers import read_code
from tests.e2e.scenes import USE, arrived, listen, shown
from tests.e2e.steps import button
from tests.e2e.world import World

PROMPTS = {
    films.dark: "脸太暗，请对方面向光源",
    films.tilted: "头歪了，请把头摆正",
    films.far: "摄像头像素少，请再近一点",
    films.two: "请其他人走出画面",
    films.good: "位置合适，请保持不动并按下拍照键",
}
STANDING = [(60, (1080, 1440)), (90, (1440, 1920)), (120, (2160, 2880))]
FILLING = 0.45  # of the width is a face that fills the oval
WALL = "背景杂乱，请换一面白墙"
GOOD = "位置合适，请保持不动，即将拍照"
PLAIN = "让脸填满椭圆，双眼位于两线之间"
ON, OFF = "自动拍照：开", "自动拍照：关"
SAVE_DATA = "Object.defineProperty(navigator, 'connection', { value: { saveData: true, effectiveType: '4g' } })"
# A phone that is held upright turns its camera's sides; the film does not.
UPRIGHT = """(() => {
    const turned = ({ width, height, ...others }) => ({ ...others, width: height, height: width });
    const [{ getUserMedia }, { applyConstraints }] = [MediaDevices.prototype, MediaStreamTrack.prototype];
    MediaDevices.prototype.getUserMedia = function ({ video, audio }) {
        return getUserMedia.call(this, { video: turned(video), audio });
    };
    MediaStreamTrack.prototype.applyConstraints = function (wanted) {
        return applyConstraints.call(this, turned(wanted));
    };
})()"""
ALL_SAID = "(wanted) => wanted.every((text) => said.has(text))"
CONTROLLED = "() => Boolean(navigator.serviceWorker.controller)"
KEPT = """async () => {
    const { tensorflow, wasm, faceBin } = document.getElementById('live').dataset;
    const found = await Promise.all([tensorflow, wasm, faceBin].map((address) => caches.match(address)));
    return found.every(Boolean);
}"""
TAKEN = "照片已收到"
LATE = 60_000  # ms: the machine may be busy, the film goes round


class Filmed(Protocol):
    """`with filmed(scene, …) as (desk, hand)`."""

    def __call__(
        self, *scenes: Callable[[], Image.Image], auto: bool = True, setup: str = ""
    ) -> AbstractContextManager[tuple[Page, Page]]: ...


@pytest.fixture
def filmed(playwright: Playwright, tmp_path: Path) -> Filmed:
    """`with filmed(scene, …) as (desk, hand)`: a desktop, and a phone whose camera shows these scenes in turn."""

    @contextmanager
    def open_with(
        *scenes: Callable[[], Image.Image], auto: bool = True, setup: str = ""
    ) -> Iterator[tuple[Page, Page]]:
        pictures = [scene() for scene in scenes]
        still = len(pictures) == 1
        film = browsers.film(tmp_path, *pictures) if still else films.shown(tmp_path / "camera.mjpeg", *pictures)
        browser = browsers.launch(playwright, film)
        with browsers.desktop(browser) as office, browsers.phone(browser, auto=auto) as pocket:
            if setup:
                pocket.add_init_script(setup)
            yield office.new_page(), pocket.new_page()
        browser.close()

    return open_with


def framing(desk: Page, hand: Page, world: World, candidate: str) -> None:
    """The phone shows the camera."""
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(hand, read_code(desk))


def press_when(hand: Page, words: str) -> None:
    """Press the shutter in the moment in which the prompt says this: it does so for less than two seconds."""
    hand.evaluate(
        """(words) => {
        const prompt = document.querySelector('.prompt');
        globalThis.pressed = 0;
        const watch = new MutationObserver(() => {
            if (prompt.textContent !== words || pressed) return;
            pressed += 1;
            document.querySelector('button[aria-label="拍照"]').click();
        });
        watch.observe(prompt, { childList: true, characterData: true, subtree: true });
    }""",
        words,
    )


def test_who_is_in_order_is_taken_without_touching_anything(filmed: Filmed, world: World, candidate: str) -> None:
    with filmed(films.good) as (desk, hand):
        framing(desk, hand, world, candidate)
        expect(button(hand, ON).locator("svg")).to_be_visible(timeout=LATE)
        expect(button(hand, USE)).to_be_visible(timeout=LATE)


def shown_larger(hand: Page) -> float:
    """How many times larger than its frame the video is drawn."""
    return float(hand.evaluate("new DOMMatrix(getComputedStyle(document.querySelector('video')).transform).a"))


@pytest.mark.parametrize(("cm", "size"), STANDING)
def test_who_stands_where_the_page_says_fills_the_frame_and_is_taken(
    filmed: Filmed, world: World, candidate: str, cm: int, size: tuple[int, int]
) -> None:
    with filmed(partial(films.standing, cm, size), auto=False, setup=UPRIGHT) as (desk, hand):
        framing(desk, hand, world, candidate)
        listen(hand)
        expect(hand.locator(".prompt")).to_have_text(PROMPTS[films.good], timeout=LATE)
        hand.wait_for_function("document.querySelector('video').getAnimations().length === 0")
        assert 0.8 < shown_larger(hand) * films.share(cm) / FILLING < 1.1
        button(hand, OFF).click()
        expect(button(hand, USE)).to_be_visible(timeout=LATE)
        assert set(hand.evaluate("[...said]")) <= {PLAIN, PROMPTS[films.good], GOOD}
        button(hand, USE).click()
        arrived(hand)
        shown(desk)
        expect(desk.locator(".received .verdict")).to_have_text([TAKEN])


@pytest.mark.parametrize(("cm", "size"), [(90, (1536, 2048)), (90, (1080, 1440))])
def test_in_front_of_a_street_the_wall_is_said_first(
    filmed: Filmed, world: World, candidate: str, cm: int, size: tuple[int, int]
) -> None:
    with filmed(partial(films.standing, cm, size, films.street()), setup=UPRIGHT) as (desk, hand):
        framing(desk, hand, world, candidate)
        listen(hand)
        expect(hand.locator(".prompt")).to_have_text(WALL, timeout=LATE)
        assert set(hand.evaluate("[...said]")) <= {PLAIN, WALL}


def test_a_bright_face_that_is_small_is_not_called_dark(filmed: Filmed, world: World, candidate: str) -> None:
    night = Image.new("RGB", films.SIZE, (12, 12, 14))
    with filmed(partial(films.standing, 150, (810, 1080), night), setup=UPRIGHT) as (desk, hand):
        framing(desk, hand, world, candidate)
        listen(hand)
        expect(hand.locator(".prompt")).to_have_text(PROMPTS[films.far], timeout=LATE)
        assert [text for text in hand.evaluate("[...said]") if "暗" in text] == []


def test_a_head_three_degrees_off_is_straight_enough(filmed: Filmed, world: World, candidate: str) -> None:
    def other_way() -> Image.Image:  # the portrait itself leans by three degrees
        return films.standing(60, (1080, 1440)).rotate(6, Image.Resampling.BICUBIC, fillcolor=pictures.WALL)

    with filmed(other_way) as (desk, hand):
        framing(desk, hand, world, candidate)
        listen(hand)
        expect(button(hand, USE)).to_be_visible(timeout=LATE)
        assert set(hand.evaluate("[...said]")) <= {PLAIN, GOOD}


def test_prompts_follow_the_scene_and_the_good_one_is_taken_by_itself(
    filmed: Filmed, world: World, candidate: str
) -> None:
    with filmed(*PROMPTS, auto=False) as (desk, hand):
        framing(desk, hand, world, candidate)
        expect(button(hand, OFF)).to_be_visible(timeout=LATE)
        listen(hand)
        hand.wait_for_function(ALL_SAID, arg=list(PROMPTS.values()), timeout=2 * LATE)
        expect(button(hand, USE)).to_be_hidden()
        expect(button(hand, OFF).locator("svg")).to_have_count(0)
        button(hand, OFF).click()
        expect(button(hand, USE)).to_be_visible(timeout=LATE)
        expect(hand.get_by_text("未发现问题")).to_be_visible()
        button(hand, USE).click()
        arrived(hand)
        shown(desk)
        expect(desk.locator(".received .verdict")).to_have_text([TAKEN])


def test_a_press_during_the_ring_takes_one_picture(filmed: Filmed, world: World, candidate: str) -> None:
    with filmed(films.good, auto=False) as (desk, hand):
        framing(desk, hand, world, candidate)
        expect(button(hand, OFF)).to_be_visible(timeout=LATE)
        expect(hand.locator(".prompt")).to_have_text(PROMPTS[films.good], timeout=LATE)
        press_when(hand, GOOD)
        button(hand, OFF).click()
        expect(button(hand, USE)).to_be_visible(timeout=LATE)
        assert hand.evaluate("pressed") == 1
        button(hand, USE).click()
        arrived(hand)


def test_the_fault_is_shown_on_the_picture_and_the_person_may_send_it(
    filmed: Filmed, world: World, candidate: str
) -> None:
    with filmed(films.far) as (desk, hand):
        framing(desk, hand, world, candidate)
        expect(hand.locator(".prompt")).to_have_text(PROMPTS[films.far], timeout=LATE)
        button(hand, "拍照").click()
        line = hand.get_by_role("button", name="脸太小")
        expect(line).to_have_attribute("aria-pressed", "true")
        expect(hand.locator(".place.is-pointed[data-check=face_width]").first).to_be_visible()
        expect(button(hand, USE)).to_be_enabled()


def test_what_saves_its_bytes_has_the_plain_guide(filmed: Filmed, world: World, candidate: str) -> None:
    with filmed(films.good, setup=SAVE_DATA) as (desk, hand):
        asked: list[str] = []
        hand.on("request", lambda request: asked.append(request.url))
        framing(desk, hand, world, candidate)
        steps.take_and_send(hand)
        arrived(hand)
        assert not [url for url in asked if "tensorflow" in url or "worker.js" in url]


def test_a_detector_that_does_not_come_is_not_missed(filmed: Filmed, world: World, candidate: str) -> None:
    with filmed(films.good) as (desk, hand):
        hand.context.route("**/vendor/tensorflow.*", lambda route: route.abort())
        with hand.expect_request("**/vendor/tensorflow.js*"):
            framing(desk, hand, world, candidate)
        expect(hand.locator(".prompt")).to_have_text(PLAIN)
        steps.take_and_send(hand)
        arrived(hand)


def test_the_judge_runs_without_eval_and_asks_nobody_else(filmed: Filmed, world: World, candidate: str) -> None:
    with filmed(films.good) as (desk, hand):
        asked: list[str] = []
        hand.on("request", lambda request: asked.append(request.url))
        with hand.expect_response("**/bundles/worker.js*") as worker:
            framing(desk, hand, world, candidate)
        expect(button(hand, USE)).to_be_visible(timeout=LATE)
        policy = worker.value.header_value("Content-Security-Policy") or ""
        assert "'wasm-unsafe-eval'" in policy
        assert "'unsafe-eval'" not in policy
        assert [url for url in asked if not url.startswith((world.origin, "blob:"))] == []


def test_once_fetched_the_judge_is_kept_on_the_phone(filmed: Filmed, world: World, candidate: str) -> None:
    with filmed(films.far) as (desk, hand):
        framing(desk, hand, world, candidate)
        hand.wait_for_function(CONTROLLED, timeout=LATE)
        assert not hand.evaluate(KEPT), "it is no part of the shell"
        hand.reload()
        expect(button(hand, ON)).to_be_visible(timeout=LATE)
        hand.wait_for_function(KEPT, timeout=LATE)
