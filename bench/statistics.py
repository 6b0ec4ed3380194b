"""Server time of the pages of statistics with a season behind many applications on SQLite, for all and for one city.

Asked in this process without a network. Beside each figure stands the same page with a hundred applications; below, how
long the process of long work needs to count a whole season's pictures that nobody has counted.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.statistics.actions import count_next
from app.statistics.jobs import AT_ONCE
from bench.applications import fill
from bench.scale import Scale
from bench.season import add_season
from bench.table import Figure, Row, Table, rank
from tests import people
from tests.visitors import Visitor
from tests.world import World

FEW = 100
MOST = 100.0  # ms, p95
BOOK = "the workbook"
COUNTING = "counting, of 1,000 pictures with their reviews"
Times = dict[str, list[float]]


def measure(scale: Scale) -> Table:
    """p95 of each page with a whole season, beside the same with a small one."""
    small, large = _times(FEW, scale.shots), _times(scale.cases, scale.shots)
    rows = [_row(what, large[what], small[what]) for what in large]
    title = f"statistics: {scale.cases:,} applications, {3 * scale.cases:,} pictures on SQLite, server time, p95"
    return Table(title, f"the same with {FEW}", rows)


def _row(what: str, large: list[float], small: list[float]) -> Row:
    most = None if what in (BOOK, COUNTING) else MOST
    return Row(what, Figure("ms", (rank(large, 0.95),)), Figure("ms", (rank(small, 0.95),)), most=most)


def _times(count: int, visits: int) -> Times:
    """ms of every visit, by what was asked; all is counted before the pages are opened."""
    with _world() as world:
        crowd = fill(world, count)
        pictures = add_season(world, crowd.province_reviewer.id)
        world.clock.move(days=5)
        counting = _ms(lambda: _count(world)) / pictures * 1000
        found = {what: [_ms(ask) for _ in range(visits)] for what, ask in _asked(world, crowd.city_reviewer).items()}
        return found | {COUNTING: [counting]}


def _count(world: World) -> None:
    while count_next(world.dependencies.db, world.clock.now(), AT_ONCE):
        pass


def _asked(world: World, city_reviewer: people.Person) -> dict[str, Callable[[], None]]:
    operator, city = world.visitor(world.add(people.operator())), world.visitor(city_reviewer)
    asked = {}
    for part in ("cases", "days", "refusals", "times"):
        asked[f"{part}, all cities"] = _getting(operator, f"/operate/statistics?part={part}")
        asked[f"{part}, one city with half of all"] = _getting(city, f"/review/statistics?part={part}")
    return asked | {BOOK: _getting(operator, "/operate/statistics/book.xlsx")}


def _getting(visitor: Visitor, path: str) -> Callable[[], None]:
    """The bare answer: what a test would read off the page is not measured."""

    def get() -> None:
        answer = visitor.client.get(path, base_url=visitor.origin)
        assert answer.status_code == 200, answer.status_code

    return get


def _ms(ask: Callable[[], None]) -> float:
    began = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - began)


@contextmanager
def _world() -> Iterator[World]:
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        world = World(Path(folder))
        try:
            yield world
        finally:
            world.close()
