"""Measuring on one core, whatever the machine has."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def on_one_core() -> Iterator[None]:
    """This thread, and whatever it starts meanwhile."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(threading.get_native_id(), {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(threading.get_native_id(), before)
