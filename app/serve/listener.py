"""A listening socket that keeps accepting whatever peers do.

eventlet leaves its accept loop for good after one reset connection on a TLS port, or when no file descriptor is free
for a moment; werkzeug lets a silent peer block all handshakes. Both accept their connections from here.
"""

from __future__ import annotations

import errno
import socket
import ssl
import time
from contextlib import suppress

OUT_OF_FILES = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
PAUSE = 0.1  # seconds to wait when no file descriptor is free
LOOK_UP = 1.0  # seconds after which accept() checks for close(), where shutdown() does not wake it

Peer = tuple[socket.socket, tuple[str, int]]


class CannotListen(SystemExit):
    """Stops the program with a message that names the port."""


class ListenerClosed(OSError):
    """accept() on a closed listener. On this errno eventlet leaves its loop in an orderly way."""

    def __init__(self) -> None:
        super().__init__(errno.ENOTCONN, "the listener is closed")


class Listener:
    """Accepts connections until it is closed, wrapped in TLS where a context is given."""

    def __init__(self, listening: socket.socket, tls: ssl.SSLContext | None = None) -> None:
        listening.settimeout(LOOK_UP)
        self.socket = listening
        self.family = listening.family
        self.tls = tls
        self._open = True

    @property
    def scheme(self) -> str:
        return "https" if self.tls else "http"

    def getsockname(self) -> tuple[str, int]:
        name: tuple[str, int] = self.socket.getsockname()
        return name

    def accept(self) -> Peer:
        """The next connection; on TLS the handshake has not been done yet. Errors of single connections are skipped.

        Raises ListenerClosed only.
        """
        while self._open and self.socket.fileno() >= 0:
            try:
                return self._next()
            except TimeoutError:
                continue
            except OSError as error:
                if error.errno in OUT_OF_FILES:
                    time.sleep(PAUSE)
        raise ListenerClosed

    def close(self) -> None:
        """Stop accepting at once; may be called twice."""
        self._open = False
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def _next(self) -> Peer:
        connection, address = self.socket.accept()
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return self._wrapped(connection), address
        except OSError:
            connection.close()
            raise

    def _wrapped(self, connection: socket.socket) -> socket.socket:
        if self.tls is None:
            return connection
        return self.tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)


def listen(host: str, port: int, backlog: int, tls: ssl.SSLContext | None = None) -> Listener:
    """A listener on this address. Raises CannotListen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return Listener(socket.create_server((host, port), family=family, backlog=backlog), tls)
    except OSError as error:
        reason = "it is in use; is zhengzhao running already?" if error.errno == errno.EADDRINUSE else error.strerror
        raise CannotListen(f"zhengzhao cannot listen on {host} port {port}: {reason}") from None
