"""The live judge on the phone's page: what it weighs, how soon it speaks, how many frames a second it looks at."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from bench.cores import on_one_core
from bench.people import Person, arrive
from bench.scale import Scale
from bench.servers import product
from bench.slower import slower
from bench.table import Figure, Row, Table
from tests.e2e import browsers, films
from tests.e2e.steps import button
from tests.e2e.world import World

VENDOR = ("tensorflow.js", "tensorflow.wasm", "face.json", "face.bin", "person.json", "person.bin")
LAST = ("mesh.json", "mesh.bin")  # without which it judges too
SECONDS = 6
CPU = 4  # times slower
WATCH = """seconds => new Promise((done) => {
    let looks = 0;
    const box = document.querySelector('.face-box');
    const count = (seen) => (looks += seen.filter(({ attributeName }) => attributeName === 'y').length);
    const watch = new MutationObserver(count);
    watch.observe(box, { attributes: true });
    setTimeout(() => (watch.disconnect(), done(looks / seconds)), 1000 * seconds);
})"""
STILL = """async (seconds) => {
    const { openDetector } = await import('guidance/detector');
    const { crop, measuring } = await (await fetch('/m/pack')).json();
    const detector = await openDetector(measuring);
    if (!globalThis.picture) {
        const video = document.createElement('video');
        video.srcObject = await navigator.mediaDevices.getUserMedia({ video: true });
        await video.play();
        globalThis.picture = await createImageBitmap(video);
        video.srcObject.getTracks().forEach((track) => track.stop());
    }
    const area = { x: 0, y: 0, width: picture.width, height: picture.height };
    const end = performance.now() + 1000 * seconds;
    let looks = 0;
    for (; performance.now() < end; looks++)
        await detector.look(picture, area, crop, {
            light: looks % 5 === 0, background: looks % 25 === 0, corners: looks % 50 === 0,
        });
    return looks / seconds;
}"""
GAPS = """() => {
    globalThis.gaps = [];
    let last = performance.now();
    const video = document.querySelector('video');
    const frame = (now) => {
        gaps.push(now - last);
        last = now;
        video.requestVideoFrameCallback(frame);
    };
    video.requestVideoFrameCallback(frame);
}"""
PLAIN = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"


@dataclass(frozen=True)
class Visit:
    """Seconds to the first look, ms of the longest gap; looks a second with the camera and of a still, also slowed."""

    speaks: float
    gap: float
    live: float
    crawling: float
    still: float
    slow: float


def measure(scale: Scale) -> Table:
    """A film in which the person stands too far away, so that the judge never stops looking."""
    with tempfile.TemporaryDirectory() as folder, product() as world:
        film = films.shown(Path(folder) / "far.mjpeg", films.far(), seconds=1)
        people = arrive(world, 2 * scale.visits)
        with on_one_core(), sync_playwright() as playwright:
            browser = browsers.launch(playwright, film)
            plain = [_plain(browser, world, person) for person in people[: scale.visits]]
            visits = [_visit(browser, world, person) for person in people[scale.visits :]]
            browser.close()
        return _table(_weights(world), plain, visits)


def _table(weights: tuple[float, float], plain: list[tuple[float, float]], visits: list[Visit]) -> Table:
    gaps, rates = zip(*plain, strict=True)

    def figure(unit: str, of: Callable[[Visit], float], digits: int = 1) -> Figure:
        return Figure(unit, tuple(map(of, visits)), digits)

    rows = [
        Row("detector, networks and judge, compressed", Figure("KB", weights[:1]), most=650.0),
        Row("the network of landmarks, loaded last", Figure("KB", weights[1:])),
        Row("camera to first look", figure("s", lambda each: each.speaks, 2)),
        Row(
            "longest gap between frames of the video meanwhile",
            figure("ms", lambda each: each.gap, 0),
            Figure("ms", gaps, 0),
        ),
        Row(
            "looks a second, decoding and drawing the film too",
            figure("/s", lambda each: each.live),
            Figure("/s", rates),
        ),
        Row(f"the same, {CPU}× slower", figure("/s", lambda each: each.crawling)),
        Row("looks a second at a still", figure("/s", lambda each: each.still), least=25.0),
        Row(f"the same, {CPU}× slower", figure("/s", lambda each: each.slow), least=8.0),
    ]
    return Table(
        "guide: the live judge, the whole browser on one core", "the video's own frames without the judge", rows
    )


def _visit(browser: Browser, world: World, person: Person) -> Visit:
    with _camera(browser, world, person) as page:
        began = page.evaluate("performance.now()")
        page.locator(".face-box[y]").wait_for(state="attached", timeout=60_000)
        speaks = (page.evaluate("performance.now()") - began) / 1000
        gap = page.evaluate("Math.max(...gaps.slice(1))")
        live = page.evaluate(WATCH, SECONDS)
        with slower(CPU):
            crawling = page.evaluate(WATCH, SECONDS)
    with _first_screen(browser, world, person) as page:
        still = page.evaluate(STILL, SECONDS)
        with slower(CPU):
            return Visit(speaks, gap, live, crawling, still, page.evaluate(STILL, SECONDS))


def _plain(browser: Browser, world: World, person: Person) -> tuple[float, float]:
    """Without a judge: the longest gap in ms, frames a second."""
    with _camera(browser, world, person, PLAIN) as page:
        page.wait_for_function("() => gaps.length > 60", timeout=60_000)
        gaps: list[float] = page.evaluate("gaps.slice(1)")
        return max(gaps), 1000 * len(gaps) / sum(gaps)


@contextmanager
def _camera(browser: Browser, world: World, person: Person, setup: str = "") -> Iterator[Page]:
    with _first_screen(browser, world, person, setup) as page:
        button(page, "我知道了，去拍照").click()
        page.evaluate(GAPS)
        page.get_by_role("button", name="拍照", exact=True, disabled=False).wait_for()
        yield page


@contextmanager
def _first_screen(browser: Browser, world: World, person: Person, setup: str = "") -> Iterator[Page]:
    name, _, value = person.phone.partition("=")
    with browsers.phone(browser, service_workers="block") as context:
        context.add_cookies([{"name": name, "value": value, "url": world.origin}])
        context.add_init_script(setup or "0")
        page = context.new_page()
        page.goto(world.origin + "/m")
        button(page, "我知道了，去拍照").wait_for()
        yield page


def _weights(world: World) -> tuple[float, float]:
    """KB of what is fetched for the judge and after it, as the server sends it to a browser that takes brotli."""
    bundles = ("bundles/guide.js", "bundles/worker.js", "words/live.zh.js")
    parts = ((*bundles, *(f"vendor/{name}" for name in VENDOR)), tuple(f"vendor/{name}" for name in LAST))
    first, last = (sum(_size(f"{world.origin}/static/{name}") for name in names) / 1024 for names in parts)
    return first, last


def _size(address: str) -> int:
    asked = Request(address, headers={"Accept-Encoding": "br"})  # noqa: S310
    return len(urlopen(asked, timeout=30).read())  # noqa: S310 — the server under test
