"""Pages on a slower processor: stopped most of the time, and their workers too, which DevTools leaves alone."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PERIOD = 0.02


@contextmanager
def slower(times: int) -> Iterator[None]:
    """The renderers of browsers that this process started run for one part in `times` of the time."""
    over = threading.Event()
    pages = list(_renderers(os.getpid()))
    cycle = threading.Thread(target=_cycle, args=(pages, PERIOD / times, over))
    cycle.start()
    try:
        yield
    finally:
        over.set()
        cycle.join()


def _cycle(pages: list[int], on: float, over: threading.Event) -> None:
    while not over.is_set():
        _tell(pages, signal.SIGSTOP)
        time.sleep(PERIOD - on)
        _tell(pages, signal.SIGCONT)
        time.sleep(on)


def _tell(pages: list[int], what: signal.Signals) -> None:
    for page in pages:
        try:
            os.kill(page, what)
        except ProcessLookupError:
            continue


def _renderers(parent: int) -> Iterator[int]:
    """Those below this process."""
    for thread in Path(f"/proc/{parent}/task").iterdir():
        for child in map(int, (thread / "children").read_text().split()):
            if b"--type=renderer" in Path(f"/proc/{child}/cmdline").read_bytes():
                yield child
            yield from _renderers(child)
