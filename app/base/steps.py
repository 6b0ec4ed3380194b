"""Long upkeep in short transactions, beside a server that is running; it may be told to stop after each of them."""

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

HELD = 0.02  # seconds after which a transaction takes up nothing more
LEAST_PAUSE, MOST_PAUSE = 0.01, 0.1  # seconds in which others come first: as long as the transaction took, within these


@dataclass
class Stop:
    """Whether somebody has said that it is enough."""

    told: bool = False


@contextmanager
def stop_signals() -> Iterator[Stop]:
    """SIGTERM and Ctrl-C only say that it is enough while this lasts. Elsewhere than in the main thread: nothing."""
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
    """Do each of these within a transaction, a few to a transaction; the sum of what was done.

    What belongs to one of them is never half done. After each step `tell` hears how many are left, what follows the
    commit has been done, and others have their turn.
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
