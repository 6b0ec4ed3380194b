"""Refusals that do not judge the picture: the phone keeps it, says what happened, and sends it later."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e import scenes, steps
from tests.e2e.browsers import read_code
from tests.e2e.scenes import USE
from tests.e2e.steps import button
from tests.e2e.test_bad_links import picture
from tests.e2e.test_documents_unsent import FRONT, KEPT, UPLOAD, photographed, scanned
from tests.e2e.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.between]

CAPTURES = "**/m/captures"
OTHER = "ab" * 32
REFUSALS = [
    (400, {"code": "bad_request", "text": "请求的内容不完整。"}),
    (403, {"code": "origin", "text": "请求不是从本系统的页面发出的。"}),
    (404, {"code": "no_slot", "text": "没有这个地址。"}),
    (409, {"code": "not_now", "text": "现在不能这样做。"}),
    (413, {"code": "too_large", "text": "文件太大。"}),
    (415, {"code": "wrong_type", "text": "只能上传 JPG。"}),
    (422, {"code": "refused", "text": "没有说是哪一张。"}),
    (422, {"code": "refused", "text": "说的是另一张。", "sha256": OTHER}),
    (429, {"code": "too_many", "text": "次数已用完。"}),
]
WAIT = {"Retry-After": "3600"}


def refusal(status: int, fault: dict[str, str]) -> Callable[[Route], None]:
    """Answers so, in the server's place."""
    return lambda route: route.fulfill(status=status, json={"error": fault}, headers=WAIT)


def refuse_all(phone: Page, where: str) -> None:
    """Every refusal in turn: each is told, and after each the picture is there and can be sent again."""
    for status, fault in REFUSALS:
        phone.route(where, refusal(status, fault))
        button(phone, USE).or_(button(phone, "重试")).click()
        expect(phone.get_by_text(fault["text"])).to_be_visible(timeout=60_000)  # it may ask about the picture first
        expect(phone.get_by_text("照片还在这台手机上")).to_be_visible()
        expect(button(phone, "重拍")).to_be_visible()
        assert len(phone.evaluate(KEPT)) == 1, fault
        phone.unroute(where)


def test_a_portrait_is_kept_whatever_is_said_that_is_not_about_it(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(phone, read_code(desk))
    scenes.choose_file(phone, picture(0))
    refuse_all(phone, CAPTURES)
    button(phone, "重试").click()
    scenes.arrived(phone)
    scenes.shown(desk)
    assert scenes.pictures(world, candidate) == 1


def test_a_document_is_kept_too(world: World, desk: Page, phone: Page) -> None:
    scanned(desk, phone, world)
    photographed(phone)
    refuse_all(phone, UPLOAD)
    button(phone, "重试").click()
    expect(button(phone, f"重拍{FRONT}")).to_be_visible()
    phone.wait_for_function(f"async () => (await ({KEPT})()).length === 0")


def test_what_a_server_in_between_says_is_told_as_that_and_tried_again(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(phone, read_code(desk))
    scenes.choose_file(phone, picture(0))
    phone.route(CAPTURES, lambda route: route.fulfill(status=413, body="<html>413 Request Entity Too Large</html>"))
    button(phone, USE).click()
    expect(phone.get_by_text("照片还没有送到（413）")).to_be_visible()
    expect(phone.get_by_text("照片保存在这台手机上")).to_be_visible()
    assert len(phone.evaluate(KEPT)) == 1
    phone.unroute(CAPTURES)
    scenes.arrived(phone, within=40)
    assert scenes.pictures(world, candidate) == 1
