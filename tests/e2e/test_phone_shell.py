"""The phone's page itself: its languages, who can use it, what it weighs, what it keeps for bad networks."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import browsers, steps
from tests.e2e.browsers import read_code
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).resolve().parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
LIGHT = 60 * 1024
CACHED = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
  return found;
}"""


def serious(page: Page) -> list[tuple[str, str]]:
    """What axe finds that keeps people out."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")]


def shell_is_kept(page: Page) -> None:
    """Wait for the service worker, then for its cache to have the page itself, which comes last."""
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.evaluate("""async () => {
      while (!(await caches.match("/m", { ignoreVary: true }))) await new Promise((go) => setTimeout(go, 50));
    }""")


def only_shell(page: Page, name: str) -> None:
    """Wait until the one cache left is this one; a failure says which there are."""
    kept = page.evaluate(
        """async (name) => {
          const end = performance.now() + 20_000;
          for (;;) {
            const kept = await caches.keys();
            if (kept.join() === name || performance.now() > end) return kept;
            await new Promise((go) => setTimeout(go, 50));
          }
        }""",
        name,
    )
    assert kept == [name]


def test_the_language_can_be_switched_on_every_screen(world: World, desk: Page, phone: Page, candidate: str) -> None:
    steps.to_code(desk, world.origin, candidate)
    phone.goto(read_code(desk))
    expect(phone.get_by_role("heading", name="请确认学生信息")).to_be_visible()
    button(phone, "English").click()
    expect(phone.get_by_role("heading", name="Please check who this is for")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", name="Please check who this is for")).to_be_visible()
    assert phone.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_out(
    world: World, browser: Browser, desk: Page, candidate: str, scheme: Literal["light", "dark"]
) -> None:
    steps.to_code(desk, world.origin, candidate)
    with browsers.phone(browser, color_scheme=scheme) as context:
        hand = context.new_page()
        hand.goto(read_code(desk))
        expect(hand.get_by_label(steps.AGREE)).to_be_visible()
        assert serious(hand) == []
        steps.confirm(hand)
        expect(button(hand, "我知道了，去拍照")).to_be_visible()
        assert serious(hand) == []
        button(hand, "我知道了，去拍照").click()
        expect(button(hand, "拍照")).to_be_enabled()
        assert serious(hand) == []
        button(hand, "拍照").click()
        expect(button(hand, "使用这张照片")).to_be_visible()
        assert serious(hand) == []
        button(hand, "使用这张照片").click()
        expect(hand.get_by_role("heading", name="请回到电脑继续")).to_be_visible()
        assert serious(hand) == []


def test_the_page_is_light_until_the_camera_can_be_used(
    world: World, browser: Browser, desk: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    with browsers.phone(browser, service_workers="block") as context:
        hand = context.new_page()
        wire = context.new_cdp_session(hand)
        wire.send("Network.enable")
        weights = []
        wire.on("Network.dataReceived", lambda event: weights.append(event["encodedDataLength"]))
        for beside in (
            "**/static/vendor/*",
            "**/static/bundles/guide.js*",
        ):  # the socket, and what comes while one reads
            hand.route(beside, lambda route: route.abort())
        hand.route("**/img/*", lambda route: route.abort())
        steps.to_camera(hand, read_code(desk))
        assert sum(weights) <= LIGHT, f"{sum(weights)} bytes of bodies"


def test_the_shell_opens_without_a_network_and_holds_nothing_personal(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(phone, read_code(desk))
    shell_is_kept(phone)
    kept = phone.evaluate(CACHED)
    assert "/m" in kept
    assert all(path == "/m" or path.startswith("/static/") for path in kept)
    button(phone, "拍照").click()
    expect(button(phone, "使用这张照片")).to_be_visible()

    phone.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_role("heading", name="现在无法连接网络")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", name="有一张照片还没有送出")).to_be_visible()
    body = phone.evaluate("caches.match('/m', { ignoreVary: true }).then((page) => page.text())")
    assert candidate not in body
    assert "csrf" not in body.lower()


def test_a_newer_shell_takes_over_by_itself_and_the_picture_stays(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(phone, read_code(desk))
    shell_is_kept(phone)
    before = phone.evaluate("caches.keys()")
    button(phone, "拍照").click()
    expect(button(phone, "使用这张照片")).to_be_visible()

    listed = phone.evaluate("fetch('/m/assets.json').then((answer) => answer.json())")
    phone.evaluate("caches.open('shell-left-behind').then(() => null)")
    phone.context.route("**/m/assets.json", lambda route: route.fulfill(json={**listed, "version": "newer"}))
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(button(phone, "使用这张照片")).to_be_visible()

    phone.reload()
    expect(phone.get_by_role("heading", name="有一张照片还没有送出")).to_be_visible()
    assert before != ["shell-newer"]
    only_shell(phone, "shell-newer")

    phone.evaluate("caches.open('shell-left-behind').then(() => null)")
    phone.reload()
    only_shell(phone, "shell-newer")


def test_an_open_page_renews_itself_when_nothing_can_be_lost(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(phone, read_code(desk))
    listed = phone.evaluate("fetch('/m/assets.json').then((answer) => answer.json())")
    steps.take_and_send(phone)
    expect(phone.get_by_role("heading", name="请回到电脑继续")).to_be_visible()
    phone.context.route("**/m/assets.json", lambda route: route.fulfill(json={**listed, "version": "newer"}))
    with phone.expect_navigation():
        phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(phone.get_by_role("heading", name="请回到电脑继续")).to_be_visible()
