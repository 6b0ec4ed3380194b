"""A rate limit for what a websocket may receive: our pages send a few words a minute."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from app.base.budget import Budget

log = logging.getLogger(__name__)
AT_ONCE = 32 << 10  # bytes
PER_SECOND = 512
HANG_UP = "zhengzhao.hang_up"  # WSGI environment key of a websocket request: a function that ends its connection


class MeteredConnection:
    """Wraps a connection: `recv` calls `pause` first and ends the connection when the peer exceeds its budget."""

    def __init__(self, connection: socket.socket, pause: Callable[[], None]) -> None:
        self._connection, self._pause = connection, pause
        self._budget, self._ended = Budget(AT_ONCE, PER_SECOND), False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def recv(self, size: int, flags: int = 0) -> bytes:
        """Like socket.recv. Raises ConnectionAbortedError when the budget is used up."""
        self._pause()
        received = self._connection.recv(size, flags)
        if not self._budget.spend(len(received)):
            log.debug("a websocket sent more than it may")
            self.hang_up()
            raise ConnectionAbortedError("too much was sent")
        return received

    def send(self, text: bytes, flags: int = 0) -> int:
        """Like socket.send; errors after `hang_up` are ignored."""
        try:
            return self._connection.send(text, flags)
        except OSError:
            if not self._ended:
                raise
            return len(text)

    def hang_up(self) -> None:
        """End the connection without waiting for the peer's closing frame."""
        self._ended = True
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
