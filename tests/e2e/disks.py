"""Takes the room away from a running server and gives it back: a full disk, without being root."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

from tests.e2e.world import World


@contextmanager
def full(world: World, most: int = 0) -> Iterator[None]:
    """No file of the server's may grow over so many bytes: database, pictures, log, temporary files."""
    assert world.process is not None
    pid, what = world.process.pid, resource.RLIMIT_FSIZE
    before = resource.prlimit(pid, what)
    resource.prlimit(pid, what, (most, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, what, before)
