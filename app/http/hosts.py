"""A request says a host that can be one, whoever brings it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from app.base.host_names import is_host

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Named:
    """A WSGI application around another: 400 for a Host that is none, over which Flask would stumble."""

    def __init__(self, app: Application) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if is_host(environ.get("HTTP_HOST", "localhost")):
            return self._app(environ, start_response)
        start_response("400 Bad Request", [("Content-Type", "text/plain")])
        return [b"400 Bad Request"]
