"""Several phones that send at once: pictures per second, p99, and how long the event loop lets others wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from app.imaging.inspect import LocalInspector
from bench.people import Person, arrive, strangers
from bench.probe import Probe, Waits
from bench.scale import Scale
from bench.servers import floor, product
from bench.shots import picture, send
from bench.table import Figure, Row, Table, rank
from bench.wire import Answer, Web

INSPECTORS = 2  # the default of the settings
STALL_MS = 50.0
SECONDS = 90.0
Send = Callable[[Web, Person, bytes], Awaitable[Answer]]


@dataclass(frozen=True)
class Rush:
    """One run: pictures per second, p99 of an upload in ms, and what the probe saw."""

    rate: float
    p99: float
    waits: Waits


def measure(scale: Scale) -> Table:
    """Product, floor and plain decoding take turns."""
    ours, bare, decoding = [], [], []
    with product(INSPECTORS=str(INSPECTORS)) as world, floor() as below:
        asyncio.run(_warm(world.port, arrive(world, 2 * INSPECTORS)))
        for _ in scale.within(SECONDS):
            decoding.append(_decoding_rate(scale))
            bare.append(_rush(below.port, strangers(scale.phones), _store, scale))
            ours.append(_rush(world.port, arrive(world, scale.phones), _send, scale))
    return _table(scale, ours, bare, decoding)


async def _warm(port: int, people: Sequence[Person]) -> None:
    """The workers have imported what they need before anything is timed."""
    await asyncio.gather(*(_phone(port, person, [picture()], _send) for person in people))


def _rush(port: int, people: Sequence[Person], how: Send, scale: Scale) -> Rush:
    albums = [[picture() for _ in range(scale.pictures)] for _ in people]

    async def all_at_once() -> list[list[float]]:
        return await asyncio.gather(*(_phone(port, *each, how) for each in zip(people, albums, strict=True)))

    with Probe(port) as probe:
        began = time.perf_counter()
        times = [each for phone in asyncio.run(all_at_once()) for each in phone]
        took = time.perf_counter() - began
    return Rush(len(times) / took, rank(times, 0.99), probe.waits)


async def _phone(port: int, person: Person, album: Sequence[bytes], how: Send) -> list[float]:
    """One phone sends its pictures one after another; how long each took, in ms."""
    web, times = Web(port, person.phone), []
    for body in album:
        began = time.perf_counter()
        answer = await how(web, person, body)
        assert answer.status == 201, answer
        times.append(1000 * (time.perf_counter() - began))
    web.close()
    return times


def _send(web: Web, _person: Person, body: bytes) -> Awaitable[Answer]:
    return send(web, body)


def _store(web: Web, person: Person, body: bytes) -> Awaitable[Answer]:
    return web.ask("POST", f"/pictures/{person.who}", body)


def _look(inspector: LocalInspector, body: bytes) -> None:
    inspector.inspect(body, "image/jpeg")


def _decoding_rate(scale: Scale) -> float:
    """Pictures per second that as many workers decode and inspect when nothing else is to do."""
    album = [picture() for _ in range(scale.phones * scale.pictures)]
    inspector = LocalInspector(INSPECTORS, len(album))
    with ThreadPoolExecutor(INSPECTORS) as threads:
        look = partial(_look, inspector)
        list(threads.map(look, album[:INSPECTORS]))
        began = time.perf_counter()
        list(threads.map(look, album))
        took = time.perf_counter() - began
    inspector.close()
    return len(album) / took


def _table(scale: Scale, ours: Sequence[Rush], bare: Sequence[Rush], decoding: Sequence[float]) -> Table:
    def row(what: str, unit: str, pick: Callable[[Rush], float], most: float | None = None) -> Row:
        measured, beside = (Figure(unit, tuple(map(pick, runs))) for runs in (ours, bare))
        return Row(what, measured, beside, most=most)

    rate = Figure("/s", tuple(each.rate for each in ours))
    rows = [
        row("pictures per second", "/s", lambda each: each.rate),
        Row(f"pictures per second, beside {INSPECTORS} workers alone", rate, Figure("/s", tuple(decoding))),
        row("upload, p99", "ms", lambda each: each.p99),
        row("longest wait for /health", "ms", lambda each: each.waits.longest, most=STALL_MS),
        row("p99 wait for /health", "ms", lambda each: each.waits.p99),
        row("longest oversleep of the probe itself", "ms", lambda each: each.waits.machine),
    ]
    title = f"throughput: {scale.phones} phones at once, {scale.pictures} pictures each, {len(ours)} runs"
    return Table(title, "bare Flask-SocketIO that stores the same bytes and emits", rows)
