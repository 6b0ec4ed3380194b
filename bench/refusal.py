"""How soon a person on a slow link hears that a picture would be refused, from the press of 使用这张照片."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.people import Person, arrive
from bench.scale import Scale
from bench.servers import product
from bench.table import Figure, Row, Table
from tests import pictures, spoilt
from tests.e2e import browsers, scenes
from tests.e2e.steps import button
from tests.e2e.wire import Wire
from tests.e2e.world import World

AIMS = {4096: 12.0, 8192: 7.0}  # bytes a second → s
NOBODY_KNOWS, BROWSER_KNOWS = "a link that became slow unnoticed", "a link that the browser knows to be slow"
HOUR = 3600.0

Slow = Callable[[Page, int], None]


def measure(scale: Scale) -> Table:
    """A picture before bricks: the server refuses it, the phone has no judge. Beside: sending all of it first."""
    body = pictures.written(spoilt.on(spoilt.patterned(0.6)), "JPEG", quality=90)
    with _wired() as (wire, world), tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = browsers.launch(playwright, browsers.film(Path(folder)))
        rows = [
            _row(f"{kind}, {rate // 1024} KB/s", rate, [_seconds(browser, wire, world, body, slow, rate) for _ in runs])
            for kind, slow in ((BROWSER_KNOWS, _known), (NOBODY_KNOWS, _unnoticed(wire)))
            for rate, runs in ((each, range(scale.visits)) for each in AIMS)
        ]
        browser.close()
    return Table("refusal: from the press to the reason", "the picture's bytes at that rate", rows)


def _row(what: str, rate: int, measured: list[tuple[float, int]]) -> Row:
    seconds, sizes = zip(*measured, strict=True)
    whole = Figure("s", tuple(size / rate for size in sizes))
    return Row(what, Figure("s", seconds), whole, most=AIMS[rate])


@contextmanager
def _wired() -> Iterator[tuple[Wire, World]]:
    wire = Wire()
    with product(PUBLIC_URL=f"http://localhost:{wire.port}", UPLOADS_PER_DAY="1000") as world:
        wire.target = world.port
        yield wire, world
    wire.close()


def _unnoticed(wire: Wire) -> Slow:
    """A proxy between, of which the browser knows nothing."""
    return lambda _page, rate: wire.slow(rate, HOUR)


def _known(page: Page, rate: int) -> None:
    """As Chromium's own tools slow a page down."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    rates = {"downloadThroughput": rate, "uploadThroughput": rate}
    session.send("Network.emulateNetworkConditions", {"offline": False, "latency": 100, **rates})


def _seconds(browser: Browser, wire: Wire, world: World, body: bytes, slow: Slow, rate: int) -> tuple[float, int]:
    """Until the reason is shown, and the bytes of the picture that was not sent."""
    [person] = arrive(world, 1)
    wire.mend()
    with browsers.phone(browser, service_workers="block") as context:
        page = _at_the_camera(context.new_page(), wire, person)
        scenes.choose_file(page, body)
        page.locator(".checked").wait_for(state="detached")  # the phone knows by now that it has no judge
        slow(page, rate)
        with page.expect_request("**/m/probes") as asking:
            button(page, scenes.USE).click()
            began = page.evaluate("performance.now()")
        page.get_by_text("这张照片会被系统退回").wait_for(timeout=120_000)
        seconds = (page.evaluate("performance.now()") - began) / 1000
        return seconds, int(asking.value.headers["picture-length"])


def _at_the_camera(page: Page, wire: Wire, person: Person) -> Page:
    name, _, value = person.phone.partition("=")
    origin = f"http://localhost:{wire.port}"
    page.context.add_cookies([{"name": name, "value": value, "url": origin}])
    page.route("**/static/vendor/**", lambda route: route.abort())
    page.goto(f"{origin}/m")
    button(page, "我知道了，去拍照").click()
    page.get_by_role("button", name="拍照", exact=True, disabled=False).wait_for()
    return page
