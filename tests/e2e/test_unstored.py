"""A phone that cannot store a picture: nothing waits for it, and the page says that it has to stay open."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import scenes, steps
from tests.e2e.scenes import USE
from tests.e2e.steps import button
from tests.e2e.test_documents_unsent import UPLOAD, photographed, scanned
from tests.e2e.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.between]

NEVER_ANSWERS = "indexedDB.open = () => ({})"
# Another tab keeps the database and wants it gone: whoever opens it now waits until that tab is closed.
HELD = """() => new Promise((resolve) => {
  const wish = indexedDB.open("zhengzhao", 1);
  wish.onupgradeneeded = () => wish.result.createObjectStore("pictures", { keyPath: "tag" }).createIndex("at", "at");
  wish.onsuccess = () => {
    globalThis.held = wish.result;
    indexedDB.deleteDatabase("zhengzhao").onblocked = resolve;
  };
})"""
# The page waits two seconds for its database: a busy machine is not a broken one.
PATIENT = """() => {
  const { setTimeout } = globalThis;
  globalThis.setTimeout = (act, ms, ...given) => (ms === 2000 ? 0 : setTimeout(act, ms, ...given));
}"""
OPEN = "这个浏览器没能保存照片。照片送到之前，请不要关闭这一页。"


def sent_from_memory(hand: Page, where: str) -> None:
    """The look says that the page has to stay; so does a broken link; then the picture is sent."""
    expect(hand.get_by_text(OPEN)).to_be_visible()
    hand.route(where, lambda route: route.abort())
    button(hand, USE).click()
    expect(hand.get_by_text("照片只在这一页里")).to_be_visible()
    expect(hand.get_by_text("照片保存在这台手机上")).to_be_hidden()
    button(hand, "重试").click()
    scenes.link_is_back(hand, where)


def test_a_database_that_never_answers(world: World, desk: Page, phone: Page, candidate: str) -> None:
    phone.add_init_script(NEVER_ANSWERS)
    scenes.photographed(desk, phone, world, candidate)
    sent_from_memory(phone, "**/m/captures")
    scenes.arrived(phone)
    scenes.shown(desk)


def test_a_database_that_another_tab_blocks(world: World, desk: Page, phone: Page, candidate: str) -> None:
    other = phone.context.new_page()
    other.goto(f"{world.origin}/m")
    other.evaluate(HELD)
    scenes.photographed(desk, phone, world, candidate)
    sent_from_memory(phone, "**/m/captures")
    scenes.arrived(phone)


def test_a_document_too(world: World, desk: Page, phone: Page) -> None:
    phone.add_init_script(NEVER_ANSWERS)
    scanned(desk, phone, world)
    photographed(phone)
    sent_from_memory(phone, UPLOAD)
    expect(button(phone, "重拍身份证正面")).to_be_visible()


def test_what_is_stored_is_not_said_to_be_lost(world: World, desk: Page, phone: Page, candidate: str) -> None:
    phone.add_init_script(f"({PATIENT})()")
    scenes.photographed(desk, phone, world, candidate)
    expect(phone.get_by_text(OPEN)).to_be_hidden()
    steps.button(phone, USE).click()
    scenes.arrived(phone)
