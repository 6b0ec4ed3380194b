"""Requests in flight, for which a stopping server waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

WAITS_FOR_BELLS = "/socket.io/"  # long polls and websockets are idle by nature, and their clients come back


class InFlightRequests:
    """WSGI middleware that counts the requests that are not yet answered to the last byte."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app
        self._count = 0
        self._changed = threading.Condition()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(WAITS_FOR_BELLS):
            return self._app(environ, start_response)
        self._add(1)
        try:
            return _Answer(self._app(environ, start_response), self._finished)
        except BaseException:
            self._finished()
            raise

    def drain(self, seconds: float) -> bool:
        """Wait at most `seconds` until every request is answered; returns whether all are."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while self._count and (left := deadline - time.monotonic()) > 0:
                self._changed.wait(left)
            return self._count == 0

    def _finished(self) -> None:
        self._add(-1)

    def _add(self, step: int) -> None:
        with self._changed:
            self._count += step
            self._changed.notify_all()


class _Answer:
    """A response that reports its close(), which servers call after the last byte."""

    def __init__(self, body: Iterable[bytes], closed: Callable[[], None]) -> None:
        self._body = body
        self._closed = closed

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def close(self) -> None:
        try:
            if hasattr(self._body, "close"):
                self._body.close()
        finally:
            self._closed()
