"""A TLS connection that several threads use at once, as the threads of one websocket do.

OpenSSL wants one thread at a time in a connection, and ssl.SSLSocket does not see to that. Worst is a write that meets
a close: it goes into whatever connection has been given the same file number since, and ends that one as garbled.
"""

from __future__ import annotations

import errno
import select
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

Answer = TypeVar("Answer")


class SharedTLS(ssl.SSLSocket):
    """Each step takes its turn and never waits in it; whoever must wait for the peer lets the others have theirs."""

    _turn: Lock
    _writer: Lock
    _patience: float | None

    def __new__(cls, *args: Any, **options: Any) -> Self:
        """The only door: ssl makes its sockets without calling `__init__`."""
        made = super().__new__(cls, *args, **options)
        made._turn, made._writer, made._patience = Lock(), Lock(), None
        return made

    def settimeout(self, value: float | None) -> None:
        """How many seconds one call may wait; beneath, the socket itself never does."""
        self._patience = value
        super().settimeout(0)

    def gettimeout(self) -> float | None:
        """What `settimeout` was told."""
        return self._patience

    def do_handshake(self, block: bool = False) -> None:
        """Raises TimeoutError when it takes longer than the timeout."""
        self._patiently(lambda: super(SharedTLS, self).do_handshake(block))

    def read(self, len: int = 1024, buffer: WriteableBuffer | None = None) -> Any:
        """Bytes, or their number when a buffer is given. Raises TimeoutError; OSError once closed."""
        return self._patiently(lambda: super(SharedTLS, self).read(len, buffer))

    def send(self, data: ReadableBuffer, flags: int = 0) -> int:
        """The number of bytes sent. One writer at a time: OpenSSL must see a write that waited again unchanged."""
        with self._writer:
            return self._patiently(lambda: super(SharedTLS, self).send(data, flags))

    def shutdown(self, how: int) -> None:
        """Ends the TCP connection only: a thread that still reads sees the end, one that still writes an error."""
        socket.socket.shutdown(self, how)

    def _real_close(self) -> None:
        with suppress(OSError):
            self.shutdown(socket.SHUT_RDWR)  # whoever waits for the peer need not any more
        with self._turn:
            super()._real_close()  # type: ignore[misc]

    def _patiently(self, step: Callable[[], Answer]) -> Answer:
        until = None if self._patience is None else time.monotonic() + self._patience
        while True:
            try:
                with self._turn:
                    self._file()
                    return step()
            except ssl.SSLWantReadError:
                self._wait(select.POLLIN, until)
            except ssl.SSLWantWriteError:
                self._wait(select.POLLOUT, until)

    def _wait(self, event: int, until: float | None) -> None:
        waiting = select.poll()
        waiting.register(self._file(), event)
        if not waiting.poll(None if until is None else max(0, until - time.monotonic()) * 1000):
            raise TimeoutError("the peer said nothing for too long")

    def _file(self) -> int:
        """Raises OSError once the connection is closed."""
        number = self.fileno()
        if number < 0:
            raise OSError(errno.EBADF, "the connection is closed")
        return number
