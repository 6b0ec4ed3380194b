"""The server's disk is full for a while: no picture and no try is lost, all are told, it goes on by itself."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import scenes, steps
from tests.e2e.browsers import read_code
from tests.e2e.conftest import newcomer
from tests.e2e.disks import full
from tests.e2e.scenes import USE
from tests.e2e.steps import button
from tests.e2e.test_bad_links import picture
from tests.e2e.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.faults]

FULL = "服务器的存储空间已满，现在不能保存"
KEPT = """() => new Promise((done) => {
  const wish = indexedDB.open("zhengzhao", 1);
  wish.onsuccess = () => {
    const all = wish.result.transaction("pictures").objectStore("pictures").getAll();
    all.onsuccess = () => done(all.result.length);
  };
})"""


@pytest.fixture(params=["eventlet", "threading"])
def tight(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    running = World(tmp_path / "tight", request.param).start()
    yield running
    running.stop()


def health(world: World) -> tuple[int, dict[str, str]]:
    try:
        with urllib.request.urlopen(f"{world.origin}/health", timeout=5) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, json.load(refusal)


def test_the_phone_keeps_its_picture_and_brings_it_once_there_is_room(tight: World, desk: Page, phone: Page) -> None:
    candidate = newcomer(tight)
    steps.to_code(desk, tight.origin, candidate)
    steps.to_camera(phone, read_code(desk))
    scenes.choose_file(phone, picture(0))
    with full(tight):
        assert health(tight)[0] == 507
        button(phone, USE).click()
        expect(phone.get_by_text(FULL)).to_be_visible()
        expect(phone.get_by_text("照片保存在这台手机上")).to_be_visible()
        assert phone.evaluate(KEPT) == 1
        assert scenes.pictures(tight, candidate) == 0
        assert tight.rows("SELECT uploads FROM pairing") == [(0,)]
    scenes.arrived(phone, within=60)
    scenes.shown(desk, within=40)
    assert phone.evaluate(KEPT) == 0
    assert scenes.pictures(tight, candidate) == 1
    assert health(tight) == (200, {"status": "ok"})
    steps.hand_over(desk)


def test_pages_say_so_and_go_on(tight: World, desk: Page) -> None:
    steps.to_code(desk, tight.origin, newcomer(tight))
    with full(tight):
        desk.goto(f"{tight.origin}/apply")
        expect(desk.get_by_role("heading", level=1)).to_be_visible()
        answer = desk.request.get(f"{tight.origin}/apply/capture")
        assert answer.status == 200, "what only shows something still works"
        button(desk, "退出").click()
        expect(desk.get_by_role("alert")).to_contain_text("您的进度和次数都没有变化")
    desk.goto(f"{tight.origin}/apply")
    button(desk, "退出").click()
    expect(desk.get_by_text("已退出登录。")).to_be_visible()
    assert "Traceback" not in tight.log()
