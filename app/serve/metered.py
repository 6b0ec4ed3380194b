"""A websocket's connection, of which only so much is read: our pages say a few words a minute."""

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
HANG_UP = "zhengzhao.hang_up"  # in the environment of a request for a websocket: ends its connection


class Metered:
    """The connection, but that `recv` lets others have their turn first, and ends it when the peer sends too much."""

    def __init__(self, connection: socket.socket, pause: Callable[[], None]) -> None:
        self._connection, self._pause = connection, pause
        self._budget, self._ended = Budget(AT_ONCE, PER_SECOND), False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def recv(self, size: int, flags: int = 0) -> bytes:
        """As that of a socket. Raises ConnectionAbortedError when the budget is used up."""
        self._pause()
        received = self._connection.recv(size, flags)
        if not self._budget.spend(len(received)):
            log.debug("a websocket sent more than it may")
            self.hang_up()
            raise ConnectionAbortedError("too much was sent")
        return received

    def send(self, text: bytes, flags: int = 0) -> int:
        """As that of a socket; a goodbye after the end is nobody's trouble."""
        try:
            return self._connection.send(text, flags)
        except OSError:
            if not self._ended:
                raise
            return len(text)

    def hang_up(self) -> None:
        """End the connection, whether or not the peer says goodbye too."""
        self._ended = True
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
