"""One log line a request, with an id that error pages show, and no secrets."""

from __future__ import annotations

import logging
import time

from flask import Flask, Response, g, request

from app.base.logs import line
from app.base.tokens import secret

LOG = logging.getLogger("zhengzhao.requests")


def install(app: Flask) -> None:
    """Number and time every request."""

    @app.before_request
    def begin() -> None:
        g.request_id = secret()[:8]
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        took = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1)
        LOG.info(
            line(
                id=g.get("request_id"),
                method=request.method,
                path=request.path,
                status=response.status_code,
                ms=took,
                bytes=response.content_length,
            )
        )
        response.headers["X-Request-Id"] = g.get("request_id", "")
        return response
