"""Server time of the reviewers' queue, search, a case, and a candidate's page, with many applications on SQLite.

Asked in this process without a network: what counts is how it grows. Beside each figure stands the same page with a
hundred applications; below, a bare SELECT 1 by the same way.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.applications import Crowd, fill
from bench.scale import Scale
from bench.table import Figure, Row, Table, rank
from tests.visitors import Visitor
from tests.world import World

FEW = 100
MOST = 50.0  # ms, p95
BARE = "bare request with a SELECT 1"
Times = dict[str, list[float]]
Ask = Callable[[int], int]


def measure(scale: Scale) -> Table:
    """p95 of each page among many applications, beside the same among few."""
    small, large = _times(FEW, scale.shots), _times(scale.applications, scale.shots)
    rows = [_row(what, large[what], small[what]) for what in large]
    return Table(
        f"queue: {scale.applications:,} applications on SQLite, server time, p95", f"the same with {FEW}", rows
    )


def _row(what: str, large: list[float], small: list[float]) -> Row:
    most = None if what == BARE else MOST
    return Row(what, Figure("ms", (rank(large, 0.95),)), Figure("ms", (rank(small, 0.95),)), most=most)


def _times(count: int, visits: int) -> Times:
    """ms of every visit, by what was asked."""
    with _world() as world:
        crowd = fill(world, count)
        return {what: [_ms(ask, n) for n in range(visits)] for what, ask in _asked(world, crowd).items()}


def _asked(world: World, crowd: Crowd) -> dict[str, Ask]:
    """Each figure, and how the nth of its pages is asked for."""
    city, province = world.visitor(crowd.city_reviewer), world.visitor(crowd.province_reviewer)
    candidates = [world.visitor(person) for person in crowd.candidates]
    return {
        BARE: lambda _n: _get(city, "/health"),
        "queue of a city": lambda _n: _get(city, "/review"),
        "queue of a city, from somewhere": lambda n: _get(city, f"/review?after={crowd.keys[n % len(crowd.keys)]}"),
        "queue of the province": lambda _n: _get(province, "/review"),
        "queue of the province, free only": lambda _n: _get(province, "/review?holder=free"),
        "search by the beginning of a number": lambda n: _get(city, f"/review?q=0901{n % 10:04d}"),
        "search by the beginning of a name": lambda n: _get(city, f"/review?q={crowd.names[n % 5]}"),
        "search of a family name, too many": lambda _n: _get(province, "/review?q=欧阳"),
        "a case": lambda n: _get(city, f"/review/{crowd.tags[n % len(crowd.tags)]}"),
        "a candidate's page": lambda n: _get(candidates[n % len(candidates)], "/apply"),
    }


def _get(visitor: Visitor, path: str) -> int:
    """The bare answer's status: what a test would read off the page is not measured."""
    return int(visitor.client.get(path, base_url=visitor.origin).status_code)


def _ms(ask: Ask, number: int) -> float:
    began = time.perf_counter()
    status = ask(number)
    took = 1000 * (time.perf_counter() - began)
    assert status == 200, status
    return took


@contextmanager
def _world() -> Iterator[World]:
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        world = World(Path(folder))
        try:
            yield world
        finally:
            world.close()
