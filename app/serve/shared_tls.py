"""A TLS connection that several threads may use at once, as the threads of one websocket do.

OpenSSL allows one thread at a time in a connection, and ssl.SSLSocket does not enforce it. The worst case is a write
during a close: it reaches whatever connection has the same file descriptor by then and corrupts it.
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
    """Each OpenSSL call holds a lock and never blocks in it; waiting for the peer happens outside the lock."""

    _call_lock: Lock
    _write_lock: Lock
    _timeout: float | None

    def __new__(cls, *args: Any, **options: Any) -> Self:
        """Not __init__, because ssl creates its sockets without calling it."""
        made = super().__new__(cls, *args, **options)
        made._call_lock, made._write_lock, made._timeout = Lock(), Lock(), None
        return made

    def settimeout(self, value: float | None) -> None:
        """Seconds that one call may wait; the socket itself is non-blocking."""
        self._timeout = value
        super().settimeout(0)

    def gettimeout(self) -> float | None:
        """The value given to `settimeout`."""
        return self._timeout

    def do_handshake(self, block: bool = False) -> None:
        """Raises TimeoutError when it takes longer than the timeout."""
        self._with_timeout(lambda: super(SharedTLS, self).do_handshake(block))

    def read(self, len: int = 1024, buffer: WriteableBuffer | None = None) -> Any:
        """Bytes, or their number when a buffer is given. Raises TimeoutError; OSError once closed."""
        return self._with_timeout(lambda: super(SharedTLS, self).read(len, buffer))

    def send(self, data: ReadableBuffer, flags: int = 0) -> int:
        """The number of bytes sent. One writer at a time: OpenSSL wants a write that waited repeated unchanged."""
        with self._write_lock:
            return self._with_timeout(lambda: super(SharedTLS, self).send(data, flags))

    def shutdown(self, how: int) -> None:
        """Ends the TCP connection only: a thread that still reads sees the end, one that still writes an error."""
        socket.socket.shutdown(self, how)

    def _real_close(self) -> None:
        with suppress(OSError):
            self.shutdown(socket.SHUT_RDWR)  # wakes threads that wait for the peer
        with self._call_lock:
            super()._real_close()  # type: ignore[misc]

    def _with_timeout(self, step: Callable[[], Answer]) -> Answer:
        until = None if self._timeout is None else time.monotonic() + self._timeout
        while True:
            try:
                with self._call_lock:
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
            raise TimeoutError("the peer was idle for too long")

    def _file(self) -> int:
        """Raises OSError once the connection is closed."""
        number = self.fileno()
        if number < 0:
            raise OSError(errno.EBADF, "the connection is closed")
        return number
