"""The PC beside a page that is not seen, a socket that is lost, a way that breaks: nothing stale, and it comes back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, WebSocket, WebSocketRoute, expect

from tests.e2e.beside import HIDE, NOTHING_OPEN, PICTURE, SEEN, SHOW, framing, shown
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e


def test_a_phone_that_is_not_seen_asks_for_nothing(world: World, pair: tuple[Page, Page], candidate: str) -> None:
    desk, hand = pair
    sockets: list[WebSocket] = []
    said: list[str | bytes] = []

    def says(message: str | bytes) -> None:
        said.append(message)

    def opens(socket: WebSocket) -> None:
        sockets.append(socket)
        socket.on("framesent", says)

    hand.on("websocket", opens)
    framing(desk, hand, world, candidate)
    hand.evaluate(HIDE)
    expect(desk.locator(".framing")).to_be_hidden()
    said.clear()
    with sockets[-1].expect_event("framereceived", lambda frame: "watch" in frame):
        desk.reload()
    hand.evaluate(SEEN)
    expect(desk.locator(".framing-prompt")).to_be_visible()
    told = [str(each) for each in said if "signal" in str(each) or "prompt" in str(each)]
    assert "here" in told[0], "it was asked for something before it was seen"


def test_a_pc_that_hears_nothing_asks_for_nothing(world: World, pair: tuple[Page, Page], candidate: str) -> None:
    desk, hand = pair
    opened: list[WebSocketRoute] = []
    cut: list[bool] = []

    def opens(socket: WebSocketRoute) -> None:
        if cut:
            socket.close()
        else:
            socket.connect_to_server()
            opened.append(socket)

    desk.route_web_socket("**/socket.io/**", opens)
    desk.route("**/socket.io/**", lambda polling: polling.abort())
    shown(desk, hand, world, candidate)
    cut.append(True)
    opened[-1].close()
    expect(desk.locator(".framing")).to_be_hidden()
    desk.wait_for_function(NOTHING_OPEN)
    cut.clear()
    expect(desk.locator(PICTURE)).to_be_visible()


def test_a_picture_whose_way_breaks_comes_back(world: World, pair: tuple[Page, Page], candidate: str) -> None:
    desk, hand = pair
    shown(desk, hand, world, candidate)
    hand.evaluate("peers.at(-1).close()")
    desk.wait_for_function("() => peers.length > 1 && peers.at(-1).connectionState === 'connected'")
    expect(desk.locator(PICTURE)).to_be_visible()
    expect(button(hand, SHOW)).to_have_attribute("aria-pressed", "true")
