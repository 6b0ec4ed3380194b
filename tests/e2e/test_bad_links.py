"""Networks that break in the middle of things: at the end there is one picture, and both sides show it."""

from __future__ import annotations

import os
import random
import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import scenes, steps
from tests.e2e.browsers import read_code
from tests.e2e.conftest import newcomer
from tests.e2e.scenes import READ, USE
from tests.e2e.steps import button
from tests.e2e.wire import Cut, Wire
from tests.e2e.world import World
from tests.pictures import portrait_jpeg

pytestmark = [pytest.mark.e2e, pytest.mark.faults]

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "0"))
PIECE = 32 * 1024
# Of the request: before its first byte, in its head, in its body. Of the answer: none of it, and its beginning.
CUTS = [Cut(up=0), Cut(up=300), Cut(up=PIECE + 1000), Cut(down=0), Cut(down=40)]


def cuts() -> list[Cut]:
    """The usual places, and with FAULT_ROUNDS as many more by chance."""
    chance = random.Random(4)
    more = [Cut(up=chance.randrange(90_000)) if n % 3 else Cut(down=chance.randrange(900)) for n in range(ROUNDS)]
    return CUTS + more


def picture(number: int) -> bytes:
    """A JPEG of about 80 KB, different from the others."""
    return portrait_jpeg(780, 1040 + number)


def at_camera(desk: Page, phone: Page, world: World) -> str:
    """Through the wire, with a candidate of its own."""
    candidate = newcomer(world)
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(phone, read_code(desk))
    return candidate


def test_an_upload_cut_anywhere_arrives_once(far_world: World, wire: Wire, desk: Page, phone: Page) -> None:
    candidate = at_camera(desk, phone, far_world)
    for number, cut in enumerate(cuts()):
        scenes.choose_file(phone, picture(number))
        # Chromium itself repeats a request once when a kept connection turns out to be dead.
        made, wire.cuts = wire.made, [cut, cut]
        button(phone, USE).click()
        scenes.arrived(phone)
        assert wire.made > made, "the fault was not met"
        wire.mend()
        assert scenes.pictures(far_world, candidate) == number + 1
        [counting] = scenes.counting(far_world, candidate)
        scenes.shown(desk)
        expect(desk.get_by_role("img", name="手机传来的照片")).to_have_attribute("src", re.compile(f"/{counting}$"))
        button(phone, scenes.RETAKE).click()
        expect(button(phone, "拍照")).to_be_enabled()


def test_a_slow_link_that_keeps_breaking_brings_the_picture(
    far_world: World, wire: Wire, desk: Page, phone: Page
) -> None:
    """FAULT_ROUNDS: the true 4 KB/s cut every 5 s; otherwise the same ten times as fast."""
    faster = 1 if ROUNDS else 10
    candidate = at_camera(desk, phone, far_world)
    scenes.choose_file(phone, picture(0))
    made = wire.made
    wire.slow(4096 * faster, breaks_every=5 / faster)
    button(phone, USE).click()
    scenes.arrived(phone, within=600 if ROUNDS else 60)
    assert wire.made - made >= 2
    wire.mend()
    scenes.shown(desk)
    assert scenes.pictures(far_world, candidate) == 1


def test_the_answer_to_a_claim_gets_lost(far_world: World, wire: Wire, desk: Page, phone: Page) -> None:
    candidate = newcomer(far_world)
    steps.to_code(desk, far_world.origin, candidate)
    wire.cuts = [Cut(down=0, of=b"POST /m/claim")] * 9
    scenes.scan(phone, read_code(desk))
    expect(phone.get_by_role("heading", name="现在无法连接网络")).to_be_visible()
    wire.mend()
    button(phone, "重试").click()
    expect(phone.get_by_label(steps.AGREE)).to_be_visible()
    expect(phone.get_by_text(scenes.number_on(desk))).to_be_visible()
    expect(desk.get_by_role("alert")).to_have_count(0)


def test_without_a_network_at_the_scan_the_link_is_kept(far_world: World, wire: Wire, desk: Page, phone: Page) -> None:
    steps.to_code(desk, far_world.origin, newcomer(far_world))
    phone.route("**/m/claim", lambda route: route.abort())
    scenes.scan(phone, read_code(desk))
    expect(phone.get_by_role("heading", name="现在无法连接网络")).to_be_visible()
    phone.unroute("**/m/claim")
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.get_by_label(steps.AGREE)).to_be_visible()


def test_the_network_lost_while_confirming_is_told_and_nothing_is_asked_twice(
    far_world: World, wire: Wire, desk: Page, phone: Page
) -> None:
    candidate = newcomer(far_world)
    scenes.connected(desk, phone, far_world, candidate)
    phone.context.set_offline(True)
    steps.confirm(phone)
    expect(phone.get_by_role("heading", name="现在无法连接网络")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_label(steps.AGREE)).to_be_visible()
    steps.confirm(phone)
    expect(button(phone, READ)).to_be_visible()
    assert scenes.consents(far_world, candidate) == ["desk", "phone"]


def test_a_retake_asked_for_while_the_phone_has_no_network_reaches_it_later(
    far_world: World, wire: Wire, desk: Page, phone: Page
) -> None:
    candidate = at_camera(desk, phone, far_world)
    steps.take_and_send(phone)
    scenes.arrived(phone)
    phone.context.set_offline(True)
    wire.break_all()
    button(desk, scenes.RETAKE).click()
    expect(desk.get_by_text("已确认信息")).to_be_visible()
    expect(desk.get_by_text("手机已离线")).to_be_visible()
    phone.context.set_offline(False)
    expect(button(phone, "拍照")).to_be_enabled()
    scenes.choose_file(phone, picture(0))
    button(phone, USE).click()
    scenes.shown(desk)
    assert scenes.pictures(far_world, candidate) == 2
