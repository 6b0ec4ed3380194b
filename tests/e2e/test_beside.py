"""The PC beside the camera: the prompt, large; the picture, when it is allowed, from device to device; the lamp."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, ViewportSize, WebSocket, expect

from app.base.catalogue import english
from app.phone.beside_texts import PROMPTS
from tests.e2e import steps
from tests.e2e.beside import LAMP, PICTURE, SHOW, allow, framing, says_what_is_filmed, shown
from tests.e2e.browsers import read_code
from tests.e2e.scenes import APPLICATION
from tests.e2e.steps import button
from tests.e2e.test_axe import serious
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

PIXELS = """(video) => {
    const canvas = new OffscreenCanvas(24, 32);
    const pen = canvas.getContext('2d');
    pen.drawImage(video, 0, 0, 24, 32);
    return [...pen.getImageData(0, 0, 24, 32).data].filter((_, i) => i % 4 === 1);
}"""

# More than this came by the direct way.
RECEIVED = """async (most) => [...(await peers.at(-1).getStats()).values()]
    .filter((each) => each.type === 'inbound-rtp').reduce((sum, each) => sum + each.bytesReceived, 0) > most"""
MOST = 30_000  # characters of all that passes through the server
# The browser gives the whole screen when `give()` is called, and takes it back when it is asked to.
SLOW_SCREEN = """() => {
    let whole = null;
    const come = new Promise((resolve) => (globalThis.give = resolve));
    Element.prototype.requestFullscreen = async function () { await come; whole = this; globalThis.given = true; };
    document.exitFullscreen = async () => { whole = null; };
    Object.defineProperty(document, 'fullscreenElement', { get: () => whole });
}"""

# The edges of the prompt with these words, of the room that it has, and of what stands below.
EDGES = """(text) => {
    const prompt = document.querySelector('.framing-prompt');
    prompt.textContent = text;
    const words = document.createRange();
    words.selectNodeContents(prompt);
    const [shown, room, below] = [words, prompt.parentElement, document.querySelector('.framing-light')]
        .map((part) => part.getBoundingClientRect());
    return [shown.top - room.top, below.top - shown.bottom, shown.left - room.left, room.right - shown.right];
}"""


def test_the_pc_says_what_the_phone_says_to_be_read_from_afar(
    world: World, pair: tuple[Page, Page], candidate: str
) -> None:
    desk, hand = pair
    framing(desk, hand, world, candidate)
    says_what_is_filmed(desk)
    size = desk.locator(".framing-prompt").evaluate("(shown) => parseFloat(getComputedStyle(shown).fontSize)")
    assert 48 <= size <= 96
    assert serious(desk) == []


@pytest.mark.parametrize("size", [{"width": 1366, "height": 625}, {"width": 1280, "height": 585}], ids=str)
def test_every_prompt_has_room_beside_the_picture(
    world: World, pair: tuple[Page, Page], candidate: str, size: ViewportSize
) -> None:
    """Laptops, less the browser's own bars."""
    desk, hand = pair
    desk.set_viewport_size(size)
    shown(desk, hand, world, candidate)
    for text in {*PROMPTS.values(), *map(english, PROMPTS.values())}:
        assert min(desk.evaluate(EDGES, text)) >= -1, text


def test_plain_guidance_is_told_too(world: World, desk: Page, phone: Page, candidate: str) -> None:
    phone.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    framing(desk, phone, world, candidate)
    expect(desk.locator(".framing-prompt")).to_have_text(PROMPTS["shoot.prompt"])


def test_the_picture_moves_on_the_pc_once_it_is_allowed(world: World, pair: tuple[Page, Page], candidate: str) -> None:
    desk, hand = pair
    framing(desk, hand, world, candidate)
    expect(button(hand, SHOW)).to_have_attribute("aria-pressed", "false")
    assert hand.evaluate("peers.length") == 0, "off by default"
    allow(hand)
    video = desk.locator(PICTURE)
    expect(video).to_be_visible()
    first, at = video.evaluate(PIXELS), video.evaluate("(video) => video.currentTime")
    desk.wait_for_function("(at) => document.querySelector('.framing-picture video').currentTime > at + 1", arg=at)
    changed = f"""(first) => {{
        const now = ({PIXELS})(document.querySelector('.framing-picture video'));
        return now.filter((level, i) => Math.abs(level - first[i]) > 40).length > 40;
    }}"""
    desk.wait_for_function(changed, arg=first)
    assert desk.locator(".framing-picture ellipse").count() == 1
    assert video.evaluate("(video) => getComputedStyle(video.parentElement).scale") == "-1 1"
    for page in pair:
        assert page.evaluate("peers.every((peer) => peer.given[0].iceServers.length === 0)")
    theirs = f"pairing_id IN (SELECT id FROM pairing WHERE application_id = {APPLICATION})"
    query = f"SELECT count(*) FROM pairing_event WHERE code = 'picture_shown' AND {theirs}"
    assert world.rows(query, candidate) == [(1,)]


def test_no_frame_goes_through_the_server(world: World, pair: tuple[Page, Page], candidate: str) -> None:
    desk, hand = pair
    said: list[str | bytes] = []
    asked: list[Request] = []

    def heard(message: str | bytes) -> None:
        said.append(message)

    def asks(request: Request) -> None:
        asked.append(request)

    def opens(socket: WebSocket) -> None:
        socket.on("framesent", heard)
        socket.on("framereceived", heard)

    for page in pair:
        page.on("websocket", opens)
    framing(desk, hand, world, candidate)
    for page in pair:
        page.on("request", asks)
    allow(hand)
    video = desk.locator(PICTURE)
    expect(video).to_be_visible()
    desk.wait_for_function(RECEIVED, arg=MOST)
    texts = [message for message in said if isinstance(message, str)]
    assert len(texts) == len(said), "something binary was sent"
    assert sum(len(text) for text in texts) < MOST
    assert all(len(request.post_data_buffer or b"") < 1000 for request in asked)


@pytest.mark.parametrize("unable", [0, 1], ids=["pc", "phone"])
def test_where_there_is_no_webrtc_nothing_is_offered(
    world: World, pair: tuple[Page, Page], candidate: str, unable: int
) -> None:
    desk, hand = pair
    pair[unable].add_init_script("delete globalThis.RTCPeerConnection")
    framing(desk, hand, world, candidate)
    says_what_is_filmed(desk)
    expect(button(hand, SHOW)).to_have_count(0)


def test_the_lamp_is_white_and_any_press_returns(world: World, pair: tuple[Page, Page], candidate: str) -> None:
    desk, hand = pair
    shown(desk, hand, world, candidate)
    returns: list[Callable[[], None]] = [
        lambda: desk.keyboard.press("Escape"),
        lambda: desk.keyboard.press("a"),
        lambda: desk.mouse.click(9, 9),
    ]
    for back in returns:
        button(desk, LAMP).click()
        desk.wait_for_function("() => document.fullscreenElement?.id === 'beside'")
        look = desk.locator(".framing").evaluate("(shown) => getComputedStyle(shown)['background-color']")
        assert look == "rgb(255, 255, 255)"
        for part in (".framing-prompt", PICTURE):
            expect(desk.locator(part)).to_be_visible()
        back()
        desk.wait_for_function("() => !document.fullscreenElement")
        expect(button(desk, LAMP)).to_be_visible()
        expect(desk.get_by_role("dialog", name="毕业相片")).to_be_visible()


def test_a_screen_that_is_given_after_the_lamp_is_out_is_given_back(
    world: World, pair: tuple[Page, Page], candidate: str
) -> None:
    desk, hand = pair
    desk.add_init_script(f"({SLOW_SCREEN})()")
    framing(desk, hand, world, candidate)
    button(desk, LAMP).click()
    desk.keyboard.press("a")
    expect(button(desk, LAMP)).to_be_visible()
    desk.evaluate("give()")
    desk.wait_for_function("() => globalThis.given && !document.fullscreenElement")


def test_what_the_picture_needs_is_loaded_when_it_is_allowed(
    world: World, pair: tuple[Page, Page], candidate: str
) -> None:
    desk, hand = pair
    loaded = "() => performance.getEntriesByType('resource').map(({ name }) => name.split('/static/')[1] ?? '')"
    steps.to_code(desk, world.origin, candidate)
    assert not any(name.startswith(("js/desk/beside-camera", "js/desk/live-picture")) for name in desk.evaluate(loaded))
    steps.to_camera(hand, read_code(desk))
    expect(button(hand, SHOW)).to_be_visible()
    assert any(name.startswith("bundles/beside") for name in hand.evaluate(loaded))
    assert not any(name.startswith("bundles/live-view") for name in hand.evaluate(loaded))
    assert not any(name.startswith("js/desk/live-picture") for name in desk.evaluate(loaded))
    allow(hand)
    expect(desk.locator(PICTURE)).to_be_visible()
    assert any(name.startswith("bundles/live-view") for name in hand.evaluate(loaded))
