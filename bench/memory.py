"""What one connected desktop costs in memory, beside bare Flask-SocketIO."""

from __future__ import annotations

from collections.abc import Sequence

from bench.crowd import crowd
from bench.people import Person, arrive, strangers
from bench.scale import Scale
from bench.servers import floor, memory, product
from bench.table import Figure, Row, Table
from tests.e2e.world import World

FIRST = 10  # desktops that come and go before anything is weighed: what is loaded once is nobody's
MOST = 1.15


def measure(scale: Scale) -> Table:
    """Once each, in fresh processes: the figure is the same to one per cent every time."""
    with product() as world:
        ours = _per_desktop(world, arrive(world, scale.crowd))
    with floor() as below:
        bare = _per_desktop(below, strangers(scale.crowd))
    row = Row("memory per desktop", Figure("KB", (ours,)), Figure("KB", (bare,)), most_ratio=MOST)
    return Table(f"memory: growth from 0 to {scale.crowd:,} connected desktops", "bare Flask-SocketIO", [row])


def _per_desktop(world: World, people: Sequence[Person]) -> float:
    with crowd(world.port, people[:FIRST]):
        pass
    before = memory(world)
    with crowd(world.port, people):
        return (memory(world) - before) / len(people)
