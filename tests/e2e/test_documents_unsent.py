"""A picture of a document that the phone has taken is not lost before it has arrived, and is nobody else's."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import browsers, steps
from tests.e2e.browsers import read_code
from tests.e2e.papers import open_dialog, received, stored, wanted
from tests.e2e.scenes import USE, judge, link_is_back, scan
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

FRONT, UPLOAD = "身份证正面", "**/m/documents/*"
UNSENT = "有一张照片还没有送出"
KEPT = """() => new Promise((resolve) => {
  const wish = indexedDB.open("zhengzhao", 1);
  wish.onsuccess = () => {
    const names = wish.result.transaction("pictures").objectStore("pictures").getAllKeys();
    names.onsuccess = () => (wish.result.close(), resolve(names.result));
  };
})"""


def scanned(desk: Page, hand: Page, world: World) -> str:
    """A phone at the slots of somebody new; the 准考证号."""
    candidate = wanted(world)
    open_dialog(desk, world, candidate, by_phone=True)
    scan(hand, read_code(desk))
    steps.confirm(hand)
    return candidate


def photographed(hand: Page) -> None:
    """The front is taken and looked at."""
    button(hand, f"拍{FRONT}").click()
    expect(button(hand, "拍照")).to_be_enabled()
    button(hand, "拍照").click()
    expect(button(hand, USE)).to_be_visible()


def nothing_is_kept(hand: Page) -> None:
    """The phone has forgotten every picture of a document."""
    hand.wait_for_function(f"async () => (await ({KEPT})()).length === 0")


@pytest.mark.between
def test_a_reload_while_it_is_being_sent_goes_on_sending(world: World, desk: Page, phone: Page) -> None:
    candidate = scanned(desk, phone, world)
    photographed(phone)
    phone.route(UPLOAD, lambda route: route.abort())
    button(phone, USE).click()
    expect(phone.get_by_text("照片保存在这台手机上")).to_be_visible()
    assert phone.evaluate(KEPT) == [f"papers{candidate}/front"]
    phone.reload()
    expect(phone.get_by_text("照片保存在这台手机上")).to_be_visible()
    button(phone, "重试").click()
    link_is_back(phone, UPLOAD)
    received(desk, FRONT)
    expect(button(phone, f"重拍{FRONT}")).to_be_visible()
    nothing_is_kept(phone)
    assert list(stored(world, candidate)) == ["front"]


@pytest.mark.between
def test_what_arrived_though_the_answer_was_lost_is_not_sent_again(world: World, desk: Page, phone: Page) -> None:
    scanned(desk, phone, world)
    photographed(phone)
    phone.route(UPLOAD, lambda route: (route.fetch(), route.abort()))
    button(phone, USE).click()
    received(desk, FRONT)
    phone.reload()
    expect(button(phone, f"重拍{FRONT}")).to_be_visible()
    nothing_is_kept(phone)


def test_what_was_not_decided_is_offered_after_a_reload_and_given_up_by_retaking(
    world: World, desk: Page, phone: Page
) -> None:
    candidate = scanned(desk, phone, world)
    photographed(phone)
    phone.reload()
    expect(phone.get_by_role("heading", name=UNSENT)).to_be_visible()
    expect(phone.get_by_role("heading", name=FRONT)).to_be_visible()
    button(phone, "重拍").click()
    expect(button(phone, "拍照")).to_be_enabled()
    nothing_is_kept(phone)
    assert stored(world, candidate) == {}


@pytest.mark.between
def test_a_picture_that_is_refused_is_not_kept(world: World, desk: Page, phone: Page) -> None:
    scanned(desk, phone, world)
    photographed(phone)
    fault = {"code": "too_small", "text": "看不清证件上的字。"}
    phone.route(UPLOAD, lambda route: judge(route, 422, fault))
    button(phone, USE).click()
    expect(phone.get_by_text("看不清证件上的字。")).to_be_visible()
    nothing_is_kept(phone)


def test_a_borrowed_phone_neither_shows_nor_sends_what_another_person_left(
    world: World, browser: Browser, desk: Page, phone: Page
) -> None:
    candidate = scanned(desk, phone, world)
    photographed(phone)
    with browsers.desktop(browser) as context:
        other_desk = context.new_page()
        other = scanned(other_desk, phone, world)
        expect(button(phone, f"拍{FRONT}")).to_be_visible()
        expect(phone.get_by_text(UNSENT)).to_have_count(0)
        photographed(phone)
        button(phone, USE).click()
        received(other_desk, FRONT)
    assert phone.evaluate(KEPT) == [f"papers{candidate}/front"]
    assert stored(world, candidate) == {}
    assert list(stored(world, other)) == ["front"]
