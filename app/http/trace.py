"""One log line a request, and an id in everything else that it logs: error pages show it as their number."""

from __future__ import annotations

import time
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, g, request

from app.base.logs import begin_request, logger_of
from app.base.tokens import secret

LOG = logger_of("zhengzhao.requests")
ID = "zhengzhao.id"  # in the environment of a request


class Traced:
    """A WSGI application around all others: what they log, from here on, carries the id of the request."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[ID] = secret()[:8]
        begin_request(environ[ID])
        return self._app(environ, start_response)


def number() -> str:
    """The id of this request, by which its lines are found in the log; empty outside of the server."""
    return str(request.environ.get(ID, ""))


def install(app: Flask) -> None:
    """Time and log every request."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        took = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1)
        LOG.info(
            method=request.method,
            path=request.path,
            status=response.status_code,
            ms=took,
            bytes=response.content_length,
        )
        response.headers["X-Request-Id"] = number()
        return response
