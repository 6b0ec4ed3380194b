"""ASYNC_MODE=threading: one thread for each connection (three more for a websocket). For small installations."""

from __future__ import annotations

import io
import logging
import socket
import ssl
import threading
from contextlib import suppress
from typing import Any
from wsgiref.types import WSGIApplication, WSGIEnvironment

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from app.serve.head import BadHead, Incoming
from app.serve.limits import ConnectionLimits
from app.serve.listener import Listener, ListenerClosed
from app.serve.metered import HANG_UP, MeteredConnection
from app.serve.shared_tls import SharedTLS

log = logging.getLogger(__name__)
WEBSOCKET_IDLE_TIMEOUT = 65  # seconds, above Socket.IO's ping interval and timeout together (25 + 20)


def start(app: WSGIApplication, listener: Listener, limits: ConnectionLimits) -> None:
    """Serve this listener in the background until it is closed."""
    if listener.tls is not None:
        listener.tls.sslsocket_class = SharedTLS
    server = Server(app, listener, limits)
    threading.Thread(target=server.accept_all, name=f"accept-{listener.scheme}", daemon=True).start()


def no_pause() -> None:
    """Threads need no explicit switch."""


class ThreadedConversation(WSGIRequestHandler):
    """werkzeug's handling of one connection: no access log, and timeouts that depend on the kind of request."""

    server: Server
    rfile: Incoming | io.BytesIO

    def setup(self) -> None:
        super().setup()
        self.rfile = Incoming(self.connection, self.server.limits)

    def handle_one_request(self) -> None:
        assert isinstance(self.rfile, Incoming)  # noqa: S101 — no request follows a websocket
        try:
            self.rfile.begin()
            super().handle_one_request()
        except BadHead as bad:
            self.close_connection = True
            self.wfile.write(bad.answer())

    def parse_request(self) -> bool:
        whole = super().parse_request()
        if whole:
            if self.headers.get("Upgrade", "").lower() == "websocket":
                self.connection.settimeout(WEBSOCKET_IDLE_TIMEOUT)
                self.connection = MeteredConnection(self.connection, no_pause)
                self.rfile = io.BytesIO()  # werkzeug would read more after the websocket has ended
            self.close_connection = True  # werkzeug would wait for another request after a websocket
        return whole

    def make_environ(self) -> WSGIEnvironment:
        environ: WSGIEnvironment = super().make_environ()
        if isinstance(self.connection, MeteredConnection):
            environ[HANG_UP] = self.connection.hang_up
        return environ

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: the application logs one line for each request."""

    def log_error(self, format: str, *args: Any) -> None:
        log.debug(format, *args)


class Server(ThreadedWSGIServer):
    """werkzeug's threaded server on our listener; the TLS handshake runs in the connection's own thread."""

    def __init__(self, app: WSGIApplication, listener: Listener, limits: ConnectionLimits) -> None:
        host, port = listener.getsockname()[:2]
        super().__init__(host, port, app, ThreadedConversation, fd=listener.socket.fileno())
        self.ssl_context = listener.tls
        self.listener = listener
        self.limits = limits
        self._free_connections = threading.BoundedSemaphore(limits.connections)

    def accept_all(self) -> None:
        """Hand every connection to a thread until the listener is closed."""
        with suppress(ListenerClosed):
            while True:
                self._begin(*self.listener.accept())
        self.server_close()

    def _begin(self, connection: socket.socket, address: tuple[str, int]) -> None:
        self._free_connections.acquire()
        try:
            self.process_request(connection, address)
        except RuntimeError:  # no more threads
            self._free_connections.release()
            self.shutdown_request(connection)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """One connection, in its own thread."""
        try:
            self._handshake(request)
        except OSError:
            self.shutdown_request(request)
        else:
            super().process_request_thread(request, client_address)
        finally:
            self._free_connections.release()

    def _handshake(self, connection: socket.socket | ssl.SSLSocket) -> None:
        connection.settimeout(self.limits.handshake)
        if self.ssl_context is not None and isinstance(connection, ssl.SSLSocket):
            connection.do_handshake()
