"""The servers that are measured, each a process of its own on loopback: the product, and the floor beside it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from tests.e2e.world import World


class Floor(World):
    """`bench.floor`, with the same settings and the same launcher."""

    launcher: ClassVar = "bench.floor"


@contextmanager
def product(mode: str = "eventlet", **settings: str) -> Iterator[World]:
    """The real server with a database of its own."""
    with _running(World, settings, mode) as world:
        yield world


@contextmanager
def floor(**settings: str) -> Iterator[World]:
    """The bare one."""
    with _running(Floor, settings) as world:
        yield world


def memory(world: World) -> float:
    """What the server's own process holds (its workers apart), in KB."""
    assert world.process is not None
    status = Path(f"/proc/{world.process.pid}/smaps_rollup").read_text()
    return float(next(line for line in status.splitlines() if line.startswith("Private_Dirty:")).split()[1])


@contextmanager
def _running(kind: type[World], settings: dict[str, str], mode: str = "eventlet") -> Iterator[World]:
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        world = kind(Path(folder), mode, **settings)
        world.start()
        try:
            yield world
        finally:
            world.stop()
