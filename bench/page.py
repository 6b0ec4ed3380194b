"""The phone's page on a slow phone and a slow network: what it weighs, and when the camera can be used."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.people import Person, arrive
from bench.scale import Scale
from bench.servers import product
from bench.table import Figure, Row, Table
from tests.e2e import browsers
from tests.e2e.steps import button
from tests.e2e.world import World

LIGHT_KB = 60.0
TIMES_EMPTY = 4.0
ON_A_LAN = 0.5  # s
APART = ("/static/vendor/", "/static/bundles/guide", "/static/bundles/worker")  # not needed; loaded beside it
EMPTY = "/health"
PATIENCE = 60_000  # ms
# Whoever reads nothing and taps at once, in the page itself: what drives the browser would count else.
TAP = """() => {
    const look = () => {
        const read = [...document.querySelectorAll('button')].find((each) => each.textContent === '我知道了，去拍照');
        if (read && !globalThis.tapped) (globalThis.tapped = true), read.click();
        if (document.querySelector('button[aria-label="拍照"]:enabled')) globalThis.usable ??= performance.now();
    };
    const options = { subtree: true, childList: true, attributes: true };
    new MutationObserver(look).observe(document, options);
}"""
USABLE = "() => globalThis.usable"
LOADED = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"


class Link(NamedTuple):
    """A network, and a processor so many times slower."""

    bits: int  # a second
    latency: int  # ms
    slower: int


SLOW_3G = Link(400_000, 400, 4)
LAN = Link(100_000_000, 2, 1)
POOR = Link(240_000, 100, 1)
READING = 20.0  # s that an attentive reader takes for both screens before the camera
JUDGE_IS_HERE = """() => {
    const entries = performance.getEntriesByType('resource');
    const ends = (name) => entries.find((each) => each.name.includes(name))?.responseEnd;
    return ['vendor/tensorflow.wasm', 'vendor/face.bin'].every(ends) && ends('vendor/face.bin');
}"""
CALLS = """async () => {
    const times = [];
    for (let i = 0; i < 8; i++) {
        const began = performance.now();
        await (await fetch('/m/state', { headers: { 'X-Zhengzhao': 'phone' }, cache: 'no-store' })).text();
        times.push(performance.now() - began);
    }
    return times.sort((a, b) => a - b)[4];
}"""
SAVE_DATA = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"


class Scales:
    """Weighs what a page loads, as it came over the wire."""

    def __init__(self, wire: CDPSession) -> None:
        self._paths: dict[str, str] = {}
        self._bytes: dict[str, int] = {}
        wire.on("Network.requestWillBeSent", self._asked)
        wire.on("Network.dataReceived", self._came)

    def weight(self, apart: bool) -> float:
        """KB of bodies until now: of what the page waits for, or of what comes beside it."""
        paths = {each: self._paths.get(each, "") for each in self._bytes}
        return sum(self._bytes[each] for each, path in paths.items() if path.startswith(APART) == apart) / 1024

    @property
    def files(self) -> int:
        return sum(not path.startswith(APART) for path in self._paths.values())

    def _asked(self, event: dict[str, Any]) -> None:
        self._paths[event["requestId"]] = urlsplit(event["request"]["url"]).path

    def _came(self, event: dict[str, Any]) -> None:
        before = self._bytes.get(event["requestId"], 0)
        self._bytes[event["requestId"]] = before + event["encodedDataLength"]


Visit: TypeAlias = tuple[float, float, Scales]  # s for the empty page, s until the camera, and what that weighed


def measure(scale: Scale) -> Table:
    """A fresh browser context, so an empty cache, for every visit."""
    with tempfile.TemporaryDirectory() as folder, product() as world, sync_playwright() as playwright:
        browser = browsers.launch(playwright, browsers.film(Path(folder)))
        people = arrive(world, 3 * scale.visits)
        slow = [_visits(browser, world, person, SLOW_3G) for person in people[::3]]
        fast = [_visits(browser, world, person, LAN) for person in people[1::3]]
        read = [_reading(browser, world, person) for person in people[2::3]]
        browser.close()
    rows = [*_weights([scales for _, _, scales in slow]), *_times(slow, fast), *_judge(read)]
    return Table("page: the phone's page until the camera", f"an empty page of the same server ({EMPTY})", rows)


def _weights(scales: list[Scales]) -> list[Row]:
    own, beside = (tuple(each.weight(apart) for each in scales) for apart in (False, True))
    return [
        Row("bodies until the camera", Figure("KB", own), most=LIGHT_KB),
        Row("what came meanwhile of the judge and the socket", Figure("KB", beside)),
        Row("files", Figure("", tuple(float(each.files) for each in scales), digits=0)),
    ]


def _times(slow: list[Visit], fast: list[Visit]) -> list[Row]:
    (empty, camera, _), (empty_there, camera_there, _) = (zip(*each, strict=True) for each in (slow, fast))
    on_3g = f"until the camera can be used: slow 3G (400 kbit/s, 400 ms), {SLOW_3G.slower}× slower CPU"
    on_a_lan = "until the camera can be used: LAN (100 Mbit/s)"
    return [
        Row(on_3g, Figure("s", camera, 2), Figure("s", empty, 2), most_ratio=TIMES_EMPTY),
        Row(on_a_lan, Figure("s", camera_there, 2), Figure("s", empty_there, 2), most=ON_A_LAN),
    ]


def _judge(read: list[tuple[float, float, float]]) -> list[Row]:
    judge, meanwhile, without = zip(*read, strict=True)
    call = "a call of the page meanwhile, beside one without a judge"
    return [
        Row("until the judge has come, at 30 KB/s, from the first screen", Figure("s", judge), most=READING),
        Row(call, Figure("ms", meanwhile, 0), Figure("ms", without, 0)),
    ]


def _visits(browser: Browser, world: World, person: Person, link: Link) -> Visit:
    """Seconds for the empty page, seconds until the camera can be used, and what that weighed."""
    empty, _ = _visit(browser, world, person, link, EMPTY, LOADED)
    camera, scales = _visit(browser, world, person, link, "/m", USABLE)
    return empty, camera, scales


def _visit(browser: Browser, world: World, person: Person, link: Link, path: str, when: str) -> tuple[float, Scales]:
    with _page(browser, world, person, TAP) as page:
        scales = Scales(_slowed(page, link))
        page.goto(world.origin + path, wait_until="commit")
        seconds = page.wait_for_function(when, timeout=PATIENCE).json_value() / 1000
        return seconds, scales


def _reading(browser: Browser, world: World, person: Person) -> tuple[float, float, float]:
    """Seconds until the judge has come; ms of a call while it comes; ms of a call where it does not."""
    with _page(browser, world, person, f"() => {SAVE_DATA}") as page:
        _slowed(page, POOR)
        _read(page, world)
        without = page.evaluate(CALLS)
    with _page(browser, world, person, "() => 0") as page:
        _slowed(page, POOR)
        began = _read(page, world)
        meanwhile = page.evaluate(CALLS)
        here = page.wait_for_function(JUDGE_IS_HERE, timeout=PATIENCE).json_value()
        return (here - began) / 1000, meanwhile, without


def _read(page: Page, world: World) -> float:
    """Ms at which the first screen could be read."""
    page.goto(world.origin + "/m", wait_until="commit")
    button(page, "我知道了，去拍照").wait_for(timeout=PATIENCE)
    return float(page.evaluate("performance.now()"))


@contextmanager
def _page(browser: Browser, world: World, person: Person, setup: str) -> Iterator[Page]:
    name, _, value = person.phone.partition("=")
    with browsers.phone(browser, service_workers="block") as context:
        context.add_cookies([{"name": name, "value": value, "url": world.origin}])
        context.add_init_script(f"({setup})()")
        yield context.new_page()


def _slowed(page: Page, link: Link) -> CDPSession:
    wire = page.context.new_cdp_session(page)
    rate = link.bits / 8
    wire.send("Network.enable")
    wire.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": link.latency, "downloadThroughput": rate, "uploadThroughput": rate},
    )
    wire.send("Emulation.setCPUThrottlingRate", {"rate": link.slower})
    return wire
