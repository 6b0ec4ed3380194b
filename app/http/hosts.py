"""A request says a host that can be one, whoever brings it, and numbers that a row can have."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.routing import IntegerConverter, Map

from app.base.host_names import is_host

LARGEST = 2**63 - 1  # that a database can hold


class Named:
    """A WSGI application around another: 400 for a Host that is none, over which Flask would stumble."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if is_host(environ.get("HTTP_HOST", "localhost")):
            return self._app(environ, start_response)
        start_response("400 Bad Request", [("Content-Type", "text/plain")])
        return [b"400 Bad Request"]


class RowNumber(IntegerConverter):
    """In the place of Flask's `int`: what no row can be numbered leads nowhere (404), and asks no database."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST)
