"""The PC beside the camera: the prompt, large; the picture, when it is allowed, from device to device; the lamp."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, Request, WebSocket, expect

from app.phone.beside_texts import PROMPTS
from tests.e2e import browsers, films, scenes, steps
from tests.e2e.browsers import read_code
from tests.e2e.scenes import APPLICATION, NOT_MINE
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

FILMED = (PROMPTS["live.face_width.too_low"], PROMPTS["live.well"])
SHOW, YES, LAMP = "在电脑上显示取景画面", "显示", "补光"
PICTURE = ".framing-picture video"
# What a page of ours opens, and every track that it films: for asking whether it still runs.
WATCHED = """() => {
    globalThis.peers = [];
    globalThis.tracks = [];
    const Peer = globalThis.RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Peer {
        constructor(...given) { super(...given); peers.push(this); this.given = given; }
    };
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (...given) => {
        const stream = await ask(...given);
        tracks.push(...stream.getTracks());
        return stream;
    };
}"""
ALL_CLOSED = "() => peers.length > 0 && peers.every((peer) => peer.signalingState === 'closed')"
NO_CAMERA = "() => tracks.every((track) => track.readyState === 'ended')"
# A brightness at several places of the picture.
PIXELS = """(video) => {
    const canvas = new OffscreenCanvas(24, 32);
    const pen = canvas.getContext('2d');
    pen.drawImage(video, 0, 0, 24, 32);
    return [...pen.getImageData(0, 0, 24, 32).data].filter((_, i) => i % 4 === 1);
}"""
NO_WAY = """() => {
    const set = RTCPeerConnection.prototype.setRemoteDescription;
    RTCPeerConnection.prototype.setRemoteDescription = function ({ type, sdp }) {
        return set.call(this, { type, sdp: sdp.replace(/^a=candidate:.*\\r\\n/gm, '') });
    };
}"""


@pytest.fixture(scope="module")
def moving(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose camera films a face that comes and goes."""
    film = films.shown(tmp_path_factory.mktemp("film") / "camera.mjpeg", films.good(), films.far(), seconds=1)
    running = browsers.launch(playwright, film)
    yield running
    running.close()


@pytest.fixture
def pair(moving: Browser) -> Iterator[tuple[Page, Page]]:
    """A PC and a phone."""
    with browsers.desktop(moving) as office, browsers.phone(moving) as pocket:
        for context in (office, pocket):
            context.add_init_script(f"({WATCHED})()")
        yield office.new_page(), pocket.new_page()


def framing(desk: Page, hand: Page, world: World, candidate: str) -> None:
    """The phone shows the camera, the PC its prompt."""
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(hand, read_code(desk))
    expect(desk.locator(".framing-prompt")).to_be_visible()


def allow(hand: Page) -> None:
    """The switch, and yes."""
    button(hand, SHOW).click()
    button(hand.get_by_role("dialog"), YES).click()


def shown(desk: Page, hand: Page, world: World, candidate: str) -> None:
    """The picture is on the PC."""
    framing(desk, hand, world, candidate)
    allow(hand)
    expect(desk.locator(PICTURE)).to_be_visible()


def test_the_pc_says_what_the_phone_says_to_be_read_from_afar(
    world: World, pair: tuple[Page, Page], candidate: str
) -> None:
    desk, hand = pair
    framing(desk, hand, world, candidate)
    for asked in FILMED:
        expect(desk.locator(".framing-prompt")).to_have_text(asked)
    size = desk.locator(".framing-prompt").evaluate("(shown) => parseFloat(getComputedStyle(shown).fontSize)")
    assert 48 <= size <= 96


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
    desk.wait_for_function("() => document.querySelector('.framing-picture video').currentTime > 4")
    received = desk.evaluate("""async () => [...(await peers.at(-1).getStats()).values()]
        .filter((each) => each.type === 'inbound-rtp').reduce((sum, each) => sum + each.bytesReceived, 0)""")
    texts = [message for message in said if isinstance(message, str)]
    assert len(texts) == len(said), "something binary was sent"
    assert sum(len(text) for text in texts) < 30_000 < received
    assert all(len(request.post_data_buffer or b"") < 1000 for request in asked)


def closes_dialog(desk: Page, _hand: Page, _world: World, _candidate: str) -> None:
    button(desk, "关闭").click()


def posts(desk: Page, world: World, path: str) -> None:
    """In another tab, where a form's question is answered already."""
    beside = desk.context.new_page()
    beside.goto(f"{world.origin}/apply")
    status = beside.evaluate(
        """async (path) => {
            const csrf = document.querySelector('meta[name=csrf]').content;
            return (await fetch(path, { method: 'POST', headers: { 'X-CSRF': csrf } })).status;
        }""",
        path,
    )
    assert status == 200


def takes_another_code(desk: Page, _hand: Page, world: World, _candidate: str) -> None:
    posts(desk, world, "/pairings/renew")


def disowns(desk: Page, _hand: Page, _world: World, _candidate: str) -> None:
    button(desk, NOT_MINE).click()


def hands_in(_desk: Page, hand: Page, _world: World, _candidate: str) -> None:
    scenes.choose_file(hand, scenes.another_portrait())
    button(hand, scenes.USE).click()
    scenes.arrived(hand)


def leaves_the_camera(_desk: Page, hand: Page, _world: World, _candidate: str) -> None:
    button(hand, "拍照").click()
    expect(button(hand, scenes.USE)).to_be_visible()


def withdraws(desk: Page, _hand: Page, world: World, _candidate: str) -> None:
    posts(desk, world, "/apply/withdraw")


def logs_out(desk: Page, _hand: Page, world: World, _candidate: str) -> None:
    beside = desk.context.new_page()
    beside.goto(f"{world.origin}/apply")
    button(beside, "退出").click()


def runs_out(desk: Page, _hand: Page, world: World, candidate: str) -> None:
    world.change(f"UPDATE pairing SET permitted_until = claimed_at WHERE application_id = {APPLICATION}", candidate)
    desk.evaluate("document.dispatchEvent(new Event('look'))")


def turns_it_off(_desk: Page, hand: Page, _world: World, _candidate: str) -> None:
    button(hand, SHOW).click()


HIDE = """() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
}"""


def hides_the_phone(_desk: Page, hand: Page, _world: World, _candidate: str) -> None:
    hand.evaluate(HIDE)


def hides_the_pc(desk: Page, _hand: Page, _world: World, _candidate: str) -> None:
    desk.evaluate(HIDE)


@pytest.mark.parametrize(
    "act",
    [
        closes_dialog,
        takes_another_code,
        disowns,
        hands_in,
        leaves_the_camera,
        withdraws,
        logs_out,
        runs_out,
        turns_it_off,
        hides_the_phone,
        hides_the_pc,
    ],
)
def test_every_end_closes_both_sides(
    world: World, pair: tuple[Page, Page], candidate: str, act: Callable[[Page, Page, World, str], None]
) -> None:
    desk, hand = pair
    shown(desk, hand, world, candidate)
    act(desk, hand, world, candidate)
    expect(desk.locator(PICTURE)).to_have_count(0)
    if desk.evaluate("peers.length"):  # it is still the same page
        desk.wait_for_function(ALL_CLOSED)
        assert desk.evaluate(
            "peers.every((peer) => peer.getReceivers().every(({ track }) => track.readyState === 'ended'))"
        )
    hand.wait_for_function(ALL_CLOSED)
    if act in (takes_another_code, disowns, hands_in, leaves_the_camera, withdraws, logs_out):
        hand.wait_for_function(NO_CAMERA)


def test_the_picture_comes_back_after_a_reload_and_goes_on_after_a_pause(
    world: World, pair: tuple[Page, Page], candidate: str
) -> None:
    desk, hand = pair
    shown(desk, hand, world, candidate)
    desk.reload()
    expect(desk.locator(PICTURE)).to_be_visible()
    hand.evaluate(HIDE)
    expect(desk.locator(".framing")).to_be_hidden()
    hand.evaluate("() => { delete document.hidden; document.dispatchEvent(new Event('visibilitychange')); }")
    expect(desk.locator(PICTURE)).to_be_visible()


def test_without_a_direct_way_the_prompt_alone_is_shown(world: World, pair: tuple[Page, Page], candidate: str) -> None:
    desk, hand = pair
    for page in pair:
        page.add_init_script(f"({NO_WAY})()")
    framing(desk, hand, world, candidate)
    allow(hand)
    expect(desk.get_by_text("这里只显示提示")).to_be_visible()
    expect(hand.get_by_text("电脑上只显示提示")).to_be_visible()
    expect(button(hand, SHOW)).to_have_attribute("aria-pressed", "false")
    expect(desk.locator(".framing-prompt")).to_be_visible()
    for page in pair:
        page.wait_for_function(ALL_CLOSED)


@pytest.mark.parametrize("unable", [0, 1], ids=["pc", "phone"])
def test_where_there_is_no_webrtc_nothing_is_offered(
    world: World, pair: tuple[Page, Page], candidate: str, unable: int
) -> None:
    desk, hand = pair
    pair[unable].add_init_script("delete globalThis.RTCPeerConnection")
    framing(desk, hand, world, candidate)
    for asked in FILMED:
        expect(desk.locator(".framing-prompt")).to_have_text(asked)
    expect(button(hand, SHOW)).to_have_count(0)


def test_the_lamp_is_white_and_any_press_returns(world: World, pair: tuple[Page, Page], candidate: str) -> None:
    desk, hand = pair
    shown(desk, hand, world, candidate)
    for back in (
        lambda: desk.keyboard.press("Escape"),
        lambda: desk.keyboard.press("a"),
        lambda: desk.mouse.click(9, 9),
    ):
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


def test_what_the_picture_needs_is_loaded_when_it_is_allowed(
    world: World, pair: tuple[Page, Page], candidate: str
) -> None:
    desk, hand = pair
    loaded = "() => performance.getEntriesByType('resource').map(({ name }) => name.split('/static/js/')[1] ?? '')"
    steps.to_code(desk, world.origin, candidate)
    assert not any(name.startswith(("desk/beside-camera", "desk/live-picture")) for name in desk.evaluate(loaded))
    steps.to_camera(hand, read_code(desk))
    expect(button(hand, SHOW)).to_be_visible()
    assert not any(name.startswith("camera/live-view") for name in hand.evaluate(loaded))
    assert not any(name.startswith("desk/live-picture") for name in desk.evaluate(loaded))
