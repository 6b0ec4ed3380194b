"""The phone's page on a slow phone and a slow network: what it weighs, and when the camera can be used."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.people import Person, arrive
from bench.scale import Scale
from bench.servers import product
from bench.table import Figure, Row, Table
from tests.e2e import browsers
from tests.e2e.steps import button
from tests.e2e.world import World

CPU = 4  # times slower
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
LIGHT_KB = 60.0
APART = ("/static/vendor/socket.io.js",)  # not needed for the camera; loaded beside it
EMPTY = "/health"
PATIENCE = 60_000  # ms


class Scales:
    """Weighs what a page loads, as it came over the wire."""

    def __init__(self, wire: CDPSession) -> None:
        self._paths: dict[str, str] = {}
        self._bytes: dict[str, int] = {}
        wire.on("Network.requestWillBeSent", self._asked)
        wire.on("Network.dataReceived", self._came)

    def weight(self, only: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> float:
        """KB of bodies."""
        paths = {each: self._paths.get(each, "") for each in self._bytes}
        wanted = [each for each, path in paths.items() if (not only or path in only) and path not in without]
        return sum(self._bytes[each] for each in wanted) / 1024

    @property
    def files(self) -> int:
        return len(self._bytes)

    def _asked(self, event: dict[str, Any]) -> None:
        self._paths[event["requestId"]] = urlsplit(event["request"]["url"]).path

    def _came(self, event: dict[str, Any]) -> None:
        before = self._bytes.get(event["requestId"], 0)
        self._bytes[event["requestId"]] = before + event["encodedDataLength"]


def measure(scale: Scale) -> Table:
    """A fresh browser context, so an empty cache, for every visit."""
    with tempfile.TemporaryDirectory() as folder, product() as world, sync_playwright() as playwright:
        browser = browsers.launch(playwright, browsers.film(Path(folder)))
        visits = [_visits(browser, world, person) for person in arrive(world, scale.visits)]
        browser.close()
    empty, camera, scales = zip(*visits, strict=True)
    bare = tuple(each.weight(without=APART) for each in scales)
    rows = [
        Row("bodies until the camera, without socket.io", Figure("KB", bare), most=LIGHT_KB),
        Row("socket.io", Figure("KB", tuple(each.weight(only=APART) for each in scales))),
        Row("files", Figure("", tuple(float(each.files) for each in scales), digits=0)),
        Row("time until the camera can be used", Figure("s", camera, digits=2), Figure("s", empty, digits=2)),
    ]
    title = f"page: the phone's page at {CPU}× slower CPU and slow 3G (400 kbit/s, 400 ms)"
    return Table(title, f"an empty page of the same server ({EMPTY})", rows)


def _visits(browser: Browser, world: World, person: Person) -> tuple[float, float, Scales]:
    """Seconds for the empty page, seconds until the camera can be used, and what that weighed."""
    empty, _ = _visit(browser, world, person, EMPTY, lambda _page: None)
    camera, scales = _visit(browser, world, person, "/m", _to_camera)
    return empty, camera, scales


def _visit(
    browser: Browser, world: World, person: Person, path: str, go_on: Callable[[Page], None]
) -> tuple[float, Scales]:
    name, _, value = person.phone.partition("=")
    with browsers.phone(browser, service_workers="block") as context:
        context.add_cookies([{"name": name, "value": value, "url": world.origin}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        wire = _slow(page)
        scales = Scales(wire)
        began = time.perf_counter()
        page.goto(world.origin + path, wait_until="commit" if path != EMPTY else "load")
        go_on(page)
        return time.perf_counter() - began, scales


def _slow(page: Page) -> CDPSession:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW_3G)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
    return wire


def _to_camera(page: Page) -> None:
    """The person reads nothing and taps at once, so that only the page's own time counts."""
    button(page, "我知道了，去拍照").click()
    page.get_by_role("button", name="拍照", exact=True, disabled=False).wait_for()
