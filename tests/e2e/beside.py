"""A PC beside a phone that frames: what is asked on both, and what a page of ours has running."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from app.phone.beside_texts import PROMPTS
from tests.e2e import steps
from tests.e2e.browsers import read_code
from tests.e2e.filming import LATE
from tests.e2e.steps import button
from tests.e2e.world import World

FILMED = [PROMPTS["live.under_exposure.too_high"], PROMPTS["live.well"]]
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
# Nothing that this page has opened is open. Another page that has come in its place has opened nothing.
NOTHING_OPEN = """() => peers.every((peer) => peer.signalingState === 'closed'
    && peer.getReceivers().every(({ track }) => track.readyState === 'ended'))"""
HIDE = """() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
}"""

SEEN = "() => { delete document.hidden; document.dispatchEvent(new Event('visibilitychange')); }"
# Every prompt of the PC from now on, in `said`.
LISTEN = """() => {
    const prompt = document.querySelector('.framing-prompt');
    globalThis.said = new Set([prompt.textContent]);
    const watch = new MutationObserver(() => said.add(prompt.textContent));
    watch.observe(prompt, { childList: true, characterData: true, subtree: true });
}"""


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


def says_what_is_filmed(desk: Page) -> None:
    """The PC says both, each for a moment as the light comes and goes."""
    desk.evaluate(LISTEN)
    desk.wait_for_function("(wanted) => wanted.every((text) => said.has(text))", arg=FILMED, timeout=LATE)
