"""The morning a batch opens: 200 right logins at once, and how long everybody else waits meanwhile."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.people import Person, arrive
from bench.probe import Probe, Waits
from bench.table import rank
from bench.wire import Answer, Desk, Web
from tests.e2e.world import World

CODES = ("camera_ready", "file_chosen")  # what the phone says in turn: each time the desk's bell rings
FORM = "application/x-www-form-urlencoded"
PASSWORD = "zikao-demo"
MOST = 110  # bells: a phone may report 120 a minute, and one that is refused rings none


@dataclass(frozen=True)
class Morning:
    """`entered`: who got in; `seconds`: until the last was; `bells`: their waits in ms; `health`: those of a probe."""

    entered: int
    seconds: float
    bells: Sequence[float]
    health: Waits

    @property
    def p99(self) -> float:
        """Of a bell, in ms."""
        return rank(self.bells, 0.99)


def morning(world: World, count: int) -> Morning:
    """So many log in at once; one desk and its phone go on."""
    watcher, *_others = arrive(world, 1 + count)
    names = [name for (name,) in world.rows("SELECT exam_number FROM candidate ORDER BY id DESC LIMIT ?", count)]
    with Probe(world.port) as probe:
        entered, seconds, bells = asyncio.run(_all(world.port, watcher, names))
    return Morning(entered, seconds, bells, probe.waits)


async def _all(port: int, watcher: Person, names: Sequence[str]) -> tuple[int, float, list[float]]:
    desk = await Desk.open(port, watcher.desk)
    doors = [await _door(port) for _name in names]
    over = asyncio.Event()
    ringing = asyncio.create_task(_ring(desk, port, watcher.phone, over))
    began = time.perf_counter()
    answers = await asyncio.gather(*(_enter(port, *door, name) for door, name in zip(doors, names, strict=True)))
    seconds = time.perf_counter() - began
    over.set()
    bells = await ringing
    desk.close()
    return sum(answer.status == 302 for answer in answers), seconds, bells


async def _once(port: int, cookie: str, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
    """One request on a connection of its own."""
    web = Web(port, cookie)
    try:
        return await web.ask(method, path, body, **headers)
    finally:
        web.close()


async def _door(port: int) -> tuple[str, str]:
    """The cookie of a browser that shows the login page, and that page's csrf."""
    page = await _once(port, "", "GET", "/login")
    csrf = re.search(rb'name="csrf" value="([^"]+)"', page.body)
    assert csrf is not None
    return page.headers["set-cookie"].partition(";")[0], csrf[1].decode()


async def _enter(port: int, cookie: str, csrf: str, name: str) -> Answer:
    """Press 登录, and again after as long as the page says when the queue is full; then the page that follows."""
    form = urlencode({"csrf": csrf, "name": name, "password": PASSWORD}).encode()
    answer = await _once(port, cookie, "POST", "/login", form, Content_Type=FORM)
    while answer.status == 503:
        await asyncio.sleep(int(answer.headers["retry-after"]))
        answer = await _once(port, cookie, "POST", "/login", form, Content_Type=FORM)
    await _once(port, _session(answer), "GET", "/apply")
    return answer


def _session(answer: Answer) -> str:
    """The cookie of the new login; the last of the answer's."""
    return answer.headers["set-cookie"].partition(";")[0]


async def _ring(desk: Desk, port: int, phone: str, over: asyncio.Event) -> list[float]:
    """From what the phone says to what the desk hears, in ms; five a second, `MOST` in all."""
    waits: list[float] = []
    while not over.is_set() and len(waits) < MOST:
        body = f'{{"code": "{CODES[len(waits) % 2]}"}}'.encode()
        began = time.perf_counter()
        said = asyncio.create_task(
            _once(port, phone, "POST", "/m/progress", body, Content_Type="application/json", X_Zhengzhao="phone")
        )
        await desk.bell()
        waits.append(1000 * (time.perf_counter() - began))
        assert (await said).status == 200
        await asyncio.sleep(0.2)
    return waits
