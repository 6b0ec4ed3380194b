"""Several people pressing at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

Done = TypeVar("Done")


def at_once(*deeds: Callable[[], Done]) -> list[Done]:
    """Do all of these at the same time, each in a thread of its own; what each returned."""
    start = Barrier(len(deeds))

    def after_the_signal(deed: Callable[[], Done]) -> Done:
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(after_the_signal, deeds))
