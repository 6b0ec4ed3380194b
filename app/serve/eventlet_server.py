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
from app.serve.limits import Limits
from app.serve.listener import Listener
from app.serve.metered import HANG_UP, Metered

log = logging.getLogger(__name__)


def start(app: WSGIApplication, listener: Listener, limits: Limits) -> None:
    """Serve this listener in the background until it is closed; then idle connections are closed too."""
    eventlet.spawn(
        eventlet.wsgi.server,
        listener,
        _reported(app),
        environ={"wsgi.url_scheme": listener.scheme, "wsgi.errors": Murmur()},
        max_size=limits.connections,
        protocol=type("Limited", (Conversation,), {"limits": limits}),
        socket_timeout=limits.silence,
        log_output=False,
        debug=False,
    )


class Murmur:
    """Where eventlet's websockets write what is no news: a peer who was gone before the goodbye."""

    def write(self, text: str) -> None:
        log.debug(text.strip())

    def flush(self) -> None:
        """Nothing is kept back."""


def _reported(app: WSGIApplication) -> WSGIApplication:
    """The same application; what it raises is logged, since eventlet's own log is off and would swallow it."""

    def call(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            return app(environ, start_response)
        except (ConnectionError, ssl.SSLError):
            raise  # whoever asked has gone
        except Exception:
            log.exception("the application failed on %s", environ.get("PATH_INFO"))
            raise

    return call


class Conversation(eventlet.wsgi.HttpProtocol):  # type: ignore[misc]
    """eventlet's side of one connection: strict heads, deadlines, and a turn for others between two requests."""

    limits: Limits

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
        with _quiet():  # else the hub gives up this descriptor, which may be somebody else's by then
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
        self.connection = Metered(self.request, eventlet.sleep)
        return dict(super().get_environ(), **{HANG_UP: self.connection.hang_up})


@contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    with _quiet(), eventlet.Timeout(seconds, TimeoutError("too slow")):
        yield


@contextmanager
def _quiet() -> Iterator[None]:
    """A connection that breaks is no news. TimeoutError is what eventlet takes as "close it and say nothing"."""
    try:
        yield
    except OSError as error:
        raise TimeoutError from error
