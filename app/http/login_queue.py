"""Logins come in a few at a time: whatever hundreds of them cost, everybody else is served in between."""

from __future__ import annotations

import io
import math
import threading
import time
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

FULL = "zhengzhao.full"  # in the environ of a login that found no place: in how many seconds there may be one
SMALL = 65_536  # bytes: what is read before the door, so that nobody holds a place while they dribble
PATIENCE = 25  # seconds: who would wait for longer is told so at once; proxies give up after 60


class LoginQueue:
    """In front of the application: of logins at `path`, `at_once` are inside and `most` wait; others are told so."""

    def __init__(self, app: WSGIApplication, path: str, at_once: int, most: int) -> None:
        self._app, self._path, self._at_once, self._most = app, path, at_once, most
        self._inside = threading.BoundedSemaphore(at_once)
        self._count = threading.Lock()
        self._waiting, self._pace = 0, 0.03  # seconds from one to the next, as it has lately been

    def __len__(self) -> int:
        """How many logins wait."""
        return self._waiting

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """One request."""
        if environ["REQUEST_METHOD"] != "POST" or environ.get("PATH_INFO") != self._path or not _read(environ):
            return self._app(environ, start_response)
        if not self._enter():
            return self._app(environ | {FULL: math.ceil(self._waiting * self._pace)}, start_response)
        begun = time.monotonic()
        try:
            return self._app(environ, start_response)
        finally:
            self._inside.release()
            self._pace += 0.1 * ((time.monotonic() - begun) / self._at_once - self._pace)

    def _enter(self) -> bool:
        with self._count:
            if self._waiting >= self._most or self._waiting * self._pace > PATIENCE:
                return False
            self._waiting += 1
        try:
            return self._inside.acquire(timeout=2 * PATIENCE)
        finally:
            with self._count:
                self._waiting -= 1


def _read(environ: WSGIEnvironment) -> bool:
    """Whether the body is small and now here; what is not is nobody's login, and the guard's business."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit() and int(length[:9]) <= SMALL and len(length) < 9):
        return False
    environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(int(length)))
    return True
