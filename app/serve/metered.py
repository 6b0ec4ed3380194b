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


class Metered:
    """The connection, but for `recv`: it lets others have their turn first, and ends when the peer sends too much."""

    def __init__(self, connection: Any, pause: Callable[[], object]) -> None:
        self._connection, self._pause = connection, pause
        self._budget = Budget(AT_ONCE, PER_SECOND)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def recv(self, size: int, flags: int = 0) -> bytes:
        """As that of a socket. Raises ConnectionAbortedError when the budget is used up."""
        self._pause()
        received: bytes = self._connection.recv(size, flags)
        if not self._budget.spend(len(received)):
            log.warning("a websocket sent more than it may and was closed")
            with suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)
            raise ConnectionAbortedError("too much was sent")
        return received
