"""Shutter → desktop unlocked, quiet and with many other desktops connected, beside the floor and the plain decoding."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from app.imaging.inspect import LocalInspector
from bench.crowd import crowd
from bench.people import Person, arrive, strangers
from bench.scale import Scale
from bench.servers import floor, product
from bench.shots import floor_shot, picture, product_shot
from bench.table import Figure, Row, Table, rank
from tests.e2e.world import World

OURS_MS = 15.0  # what the product may add to the floor and the decoding
SECONDS = 270.0
CROWDED = 2.0  # p99 among the crowd, as a multiple of the quiet one
Shot = Callable[[int, Person], Awaitable[float]]


@dataclass
class Times:
    """Of every run the p50 and the p99, in ms."""

    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)

    def add(self, times: Sequence[float]) -> None:
        self.p50.append(rank(times, 0.5))
        self.p99.append(rank(times, 0.99))


def measure(scale: Scale) -> Table:
    """All runs; in each of them product, floor and decoding take turns, without and with the crowd."""
    ours, bare, decoding = (Times(), Times()), (Times(), Times()), Times()
    with product() as world, floor() as below, _inspector() as inspector:
        crowds = arrive(world, scale.crowd), strangers(scale.crowd)
        for _ in scale.within(SECONDS):
            decoding.add([_decode(inspector) for _ in range(scale.shots)])
            for crowded in (False, True):
                with ExitStack() as others:
                    if crowded:
                        others.enter_context(crowd(world.port, crowds[0]))
                        others.enter_context(crowd(below.port, crowds[1]))
                    bare[crowded].add(_shoot(floor_shot, below, strangers(scale.shots)))
                    ours[crowded].add(_shoot(product_shot, world, arrive(world, scale.shots)))
    return _table(scale, ours, bare, decoding)


def _shoot(shot: Shot, world: World, people: Sequence[Person]) -> list[float]:
    async def all_of_them() -> list[float]:
        await shot(world.port, people[0])  # warms what this run measures
        return [await shot(world.port, person) for person in people[1:]]

    return asyncio.run(all_of_them())


def _decode(inspector: LocalInspector) -> float:
    body = picture()
    began = time.perf_counter()
    inspector.inspect(body, "image/jpeg")
    return 1000 * (time.perf_counter() - began)


@contextmanager
def _inspector() -> Iterator[LocalInspector]:
    """One worker process, as the product has them."""
    inspector = LocalInspector(1, 8)
    inspector.inspect(picture(), "image/jpeg")
    try:
        yield inspector
    finally:
        inspector.close()


def _table(scale: Scale, ours: Sequence[Times], bare: Sequence[Times], decoding: Times) -> Table:
    plain = _ms(decoding.p50)
    aim = _ms(bare[0].p50).value + plain.value + OURS_MS
    among = f"among {scale.crowd:,} desktops"
    rows = [
        Row("decode and inspect in a worker, p50", plain),
        Row("shutter → unlocked, p50", _ms(ours[0].p50), _ms(bare[0].p50), most=aim),
        Row("shutter → unlocked, p99", _ms(ours[0].p99), _ms(bare[0].p99)),
        Row(f"shutter → unlocked, p50, {among}", _ms(ours[1].p50), _ms(bare[1].p50)),
        Row(f"shutter → unlocked, p99, {among}", _ms(ours[1].p99), _ms(bare[1].p99)),
        Row(f"p99 {among}, beside the quiet p99", _ms(ours[1].p99), _ms(ours[0].p99), most_ratio=CROWDED),
    ]
    title = f"latency: {len(decoding.p50)} runs of {scale.shots}; aim at p50: floor + decoding + {OURS_MS:.0f} ms"
    return Table(title, "bare Flask-SocketIO that stores the same bytes and emits", rows)


def _ms(runs: Sequence[float]) -> Figure:
    return Figure("ms", tuple(runs))
