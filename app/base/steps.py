"""Long maintenance in short transactions beside a running server; it can be stopped after each of them."""

from __future__ import annotations

import signal
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from sqlalchemy.orm import Session

from app.base.database import Database

HELD = 0.02  # seconds after which a transaction takes no further item
LEAST_PAUSE, MOST_PAUSE = 0.01, 0.1  # seconds between transactions: as long as the last one took, within these bounds


@dataclass
class Stop:
    """Whether a stop was requested."""

    told: bool = False


@contextmanager
def stop_signals() -> Iterator[Stop]:
    """Within the block SIGTERM and Ctrl-C only set `told`. Has no effect outside the main thread."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def tell(_number: int, _frame: FrameType | None) -> None:
        stop.told = True

    before = {number: signal.signal(number, tell) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def in_steps(
    db: Database,
    todo: Iterable[int],
    do: Callable[[Session, int], Counter[str]],
    stop: Stop,
    tell: Callable[[int], None],
) -> Counter[str]:
    """Call `do` for each item of `todo`, several in one transaction; returns the sum of the counters.

    An item is never split between transactions. After each commit `tell` is called with the number of items left, and
    other transactions get time to run.
    """
    left, done = deque(todo), Counter[str]()
    while left and not stop.told:
        with db.writing() as session:
            began = time.monotonic()
            while left and time.monotonic() - began < HELD:
                done.update(do(session, left.popleft()))
            took = time.monotonic() - began
        tell(len(left))
        time.sleep(min(max(LEAST_PAUSE, took), MOST_PAUSE))
    return done
