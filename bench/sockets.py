"""Very many desktops on one process, and the limit above which new ones are asked to wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from bench.crowd import crowd
from bench.people import Person, arrive
from bench.scale import Scale
from bench.servers import product
from bench.shots import product_shot
from bench.table import Figure, Row, Table, rank
from bench.wire import Answer, Desk, Refusal, Web

ASKED = 100  # times that /health is asked
SLOW_MS = 250.0  # what a person takes for "at once"


def measure(scale: Scale) -> Table:
    """Both."""
    return Table(
        f"sockets: {scale.many:,} desktops on one process",
        "the same server with nobody connected",
        [*_many(scale), *_limit(scale)],
    )


def _many(scale: Scale) -> list[Row]:
    with product() as world:
        people = arrive(world, scale.many)
        photographed, late = arrive(world, 2)
        alone = _health(world.port)
        first = asyncio.run(product_shot(world.port, photographed))
        with crowd(world.port, people) as desktops:
            among = _health(world.port)
            second = asyncio.run(product_shot(world.port, late))
    return [
        Row("desktops connected, and still so at the end", _count(desktops.connected), least=scale.many),
        Row("/health, p50", _ms(rank(among, 0.5)), _ms(rank(alone, 0.5))),
        Row("/health, p99", _ms(rank(among, 0.99)), _ms(rank(alone, 0.99)), most=SLOW_MS),
        Row("shutter → unlocked, one picture", _ms(second), _ms(first)),
    ]


def _limit(scale: Scale) -> list[Row]:
    """One more desktop than is admitted."""
    with product(MAX_SOCKETS=str(scale.admitted)) as world:
        *people, late = arrive(world, scale.admitted + 1)
        with crowd(world.port, people):
            refused = asyncio.run(_knock(world.port, late))
            alive = _health(world.port)
        again = asyncio.run(_knock(world.port, late))
    one_more = f"status for desktop {scale.admitted + 1} of {scale.admitted}"
    return [
        Row(one_more, _count(refused.status), least=503, most=503),
        Row("its Retry-After, seconds", _count(int(refused.headers.get("retry-after", 0))), least=1),
        Row("/health meanwhile, p99", _ms(rank(alive, 0.99)), most=SLOW_MS),
        Row("status once the others have left", _count(again.status), least=101, most=101),
    ]


async def _knock(port: int, person: Person) -> Answer:
    """What the server answers to one more desktop."""
    try:
        desk = await Desk.open(port, person.desk)
    except Refusal as refusal:
        return refusal.answer
    desk.close()
    return Answer(101, {}, b"")


def _health(port: int) -> Sequence[float]:
    """Milliseconds of each answer."""

    async def ask() -> list[float]:
        web, times = Web(port), []
        for _ in range(ASKED):
            began = time.perf_counter()
            assert (await web.ask("GET", "/health")).status == 200
            times.append(1000 * (time.perf_counter() - began))
        web.close()
        return times

    return asyncio.run(ask())


def _ms(value: float) -> Figure:
    return Figure("ms", (value,))


def _count(value: int) -> Figure:
    return Figure("", (value,), digits=0)
