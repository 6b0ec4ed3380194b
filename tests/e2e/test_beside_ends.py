"""Every end of the pairing, and of looking at it, closes the picture on both sides; without a way there is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import scenes
from tests.e2e.beside import ALL_CLOSED, HIDE, NO_CAMERA, NOTHING_OPEN, PICTURE, SEEN, SHOW, allow, framing, shown
from tests.e2e.scenes import APPLICATION, NOT_MINE
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

NO_WAY = """() => {
    const set = RTCPeerConnection.prototype.setRemoteDescription;
    RTCPeerConnection.prototype.setRemoteDescription = function ({ type, sdp }) {
        return set.call(this, { type, sdp: sdp.replace(/^a=candidate:.*\\r\\n/gm, '') });
    };
}"""
# What the PC needs for an answer does not come before `answer()`.
SLOW = """() => {
    const { fetch } = globalThis;
    const come = new Promise((resolve) => (globalThis.answer = resolve));
    globalThis.asked = 0;
    globalThis.fetch = async (what, how) => {
        if (what === '/m/pack') await (asked++, come);
        return fetch(what, how);
    };
}"""


def closes_dialog(desk: Page, _hand: Page, _world: World, _candidate: str) -> None:
    button(desk, "关闭").click()


def posts(desk: Page, world: World, path: str) -> None:
    """The same browser elsewhere, where a form's question is answered already."""
    csrf = desk.locator("meta[name=csrf]").get_attribute("content") or ""
    answer = desk.request.post(f"{world.origin}{path}", headers={"X-CSRF": csrf, "Origin": world.origin})
    assert answer.status == 200


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
    expect(hand.locator("[data-screen=look]")).to_be_visible()


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
    desk.wait_for_function(NOTHING_OPEN)
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
    hand.evaluate(SEEN)
    expect(desk.locator(PICTURE)).to_be_visible()


def test_the_picture_comes_back_after_a_locked_screen(world: World, pair: tuple[Page, Page], candidate: str) -> None:
    """The phone is there again twice: when its page is seen, and when its camera films."""
    desk, hand = pair
    shown(desk, hand, world, candidate)
    hand.evaluate(HIDE)
    expect(desk.locator(".framing")).to_be_hidden()
    hand.evaluate("document.querySelector('video').srcObject.getTracks()[0].stop()")
    hand.evaluate(SEEN)
    hand.wait_for_function("() => tracks.length > 1 && tracks.at(-1).readyState === 'live'")
    expect(desk.locator(PICTURE)).to_be_visible()
    expect(button(hand, SHOW)).to_have_attribute("aria-pressed", "true")


def test_of_two_offers_at_once_the_newer_is_answered(world: World, pair: tuple[Page, Page], candidate: str) -> None:
    desk, hand = pair
    desk.add_init_script(f"({SLOW})()")
    framing(desk, hand, world, candidate)
    allow(hand)
    desk.wait_for_function("() => asked === 1")
    hand.evaluate(HIDE)
    hand.evaluate(SEEN)
    desk.wait_for_function("() => asked === 2")
    desk.evaluate("answer()")
    expect(desk.locator(PICTURE)).to_be_visible()
    expect(button(hand, SHOW)).to_have_attribute("aria-pressed", "true")


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
