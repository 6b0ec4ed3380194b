"""Waiting for the word to stop: SIGTERM or SIGINT."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

WORDS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def stop_signals() -> Iterator[socket.socket]:
    """A socket that becomes readable when the program is told to stop; a second signal ends it at once.

    A handler alone would not do: eventlet's hub goes back to sleep after it, and a waiting thread does too.
    """
    here, there = socket.socketpair()
    there.setblocking(False)
    before = signal.set_wakeup_fd(there.fileno())
    for word in WORDS:
        signal.signal(word, _only_once)
    try:
        yield here
    finally:
        signal.set_wakeup_fd(before)
        here.close()
        there.close()


def _only_once(_number: int, _frame: FrameType | None) -> None:
    for word in WORDS:
        signal.signal(word, signal.SIG_DFL)
