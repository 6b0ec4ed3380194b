"""ASYNC_MODE=eventlet: one greenlet a connection. Only to be imported once wsgi.py has patched."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import eventlet
import eventlet.wsgi

from app.serve.head import BadHead, Incoming
from app.serve.limits import ConnectionLimits
from app.serve.listener import Listener
from app.serve.metered import HANG_UP, MeteredConnection

log = logging.getLogger(__name__)


def start(app: WSGIApplication, listener: Listener, limits: ConnectionLimits) -> None:
    """Serve this listener in the background until it is closed; then idle connections are closed too."""
    eventlet.spawn(
        eventlet.wsgi.server,
        listener,
        _reported(app),
        environ={"wsgi.url_scheme": listener.scheme, "wsgi.errors": DebugLog()},
        max_size=limits.connections,
        protocol=type("Limited", (EventletConversation,), {"limits": limits}),
        socket_timeout=limits.idle_timeout,
        log_output=False,
        debug=False,
    )


class DebugLog:
    """A file for what eventlet's websockets write to wsgi.errors, e.g. that a peer closed early; logged as debug."""

    def write(self, text: str) -> None:
        log.debug(text.strip())

    def flush(self) -> None:
        """Nothing is buffered."""


def _reported(app: WSGIApplication) -> WSGIApplication:
    """Middleware that logs what the application raises, since eventlet's own log is switched off."""

    def call(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            return app(environ, start_response)
        except (ConnectionError, ssl.SSLError):
            raise  # the client has closed the connection
        except Exception:
            log.exception("the application failed on %s", environ.get("PATH_INFO"))
            raise

    return call


class EventletConversation(eventlet.wsgi.HttpProtocol):  # type: ignore[misc]
    """eventlet's handling of one connection: strict heads, deadlines, a switch between requests."""

    limits: ConnectionLimits

    def setup(self) -> None:
        if hasattr(self.request, "do_handshake"):
            with _deadline(self.limits.handshake):
                self.request.do_handshake()
        super().setup()
        self.rfile = Incoming(self.request, self.limits)
        self.requests_left = self.limits.requests

    def handle(self) -> None:
        with _quiet():
            super().handle()

    def finish(self) -> None:
        with _quiet():  # else the hub drops this descriptor, which another connection may own by then
            super().finish()

    def handle_one_request(self) -> None:
        eventlet.sleep(0)
        self.requests_left -= 1
        try:
            self.rfile.begin()
            super().handle_one_request()
        except BadHead as bad:
            self.close_connection = True
            self.wfile.write(bad.answer())

    def parse_request(self) -> bool:
        whole = bool(super().parse_request())
        if self.requests_left <= 0:
            self.close_connection = True
        return whole

    def get_environ(self) -> WSGIEnvironment:
        if not self.headers.get("Upgrade"):
            return dict(super().get_environ())
        self.connection = MeteredConnection(self.request, eventlet.sleep)
        return dict(super().get_environ(), **{HANG_UP: self.connection.hang_up})


@contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    with _quiet(), eventlet.Timeout(seconds, TimeoutError("too slow")):
        yield


@contextmanager
def _quiet() -> Iterator[None]:
    """Turn errors of the connection into TimeoutError, on which eventlet closes it without logging."""
    try:
        yield
    except OSError as error:
        raise TimeoutError from error
