"""Waiting for a stop signal: SIGTERM or SIGINT."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def stop_signals() -> Iterator[socket.socket]:
    """A socket that becomes readable on a stop signal; a second signal ends the program at once.

    A signal handler alone is not enough: eventlet's hub, and a waiting thread, go back to sleep after it.
    """
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    before = signal.set_wakeup_fd(writer.fileno())
    for number in SIGNALS:
        signal.signal(number, _only_once)
    try:
        yield reader
    finally:
        signal.set_wakeup_fd(before)
        reader.close()
        writer.close()


def _only_once(_number: int, _frame: FrameType | None) -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
