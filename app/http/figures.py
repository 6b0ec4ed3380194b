"""Figures of this process, as Prometheus reads them. No label holds anything of a person, and each has few values."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

METHODS = frozenset({"GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"
FAILED = "failed"  # in the place of a verdict
QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
SLOW = (0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 5, 10, 20)
LAGS = (0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5)
MOST_PLACES = 100  # that held the event loop, by name


class Figures:
    """Everything that is counted, each application its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._places: set[str] = set()
        self._requests = self._counter("requests", "Requests answered", "route", "method", "status")
        self._request_seconds = self._histogram("request_seconds", "Until the answer", QUICK, "route", "method")
        self._inspections = self._counter("inspections", "Pictures judged; failed: nobody could judge it", "verdict")
        self._inspections.labels(FAILED)  # at 0: an increase from nothing is none to Prometheus
        self._inspection_seconds = self._histogram("inspection_seconds", "Until the verdict, waiting included", SLOW)
        self._loop_lag = self._histogram("loop_lag_seconds", "How late the event loop comes to what is due", LAGS)
        self._loop_held = self._counter("loop_held", "Times that the event loop was held, and by what", "where")

    def gauge(self, name: str, words: str, value: Callable[[], float]) -> None:
        """A figure that is asked for when somebody looks."""
        Gauge(f"zhengzhao_{name}", words, registry=self.registry).set_function(value)

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """A request was answered."""
        kind = method if method in METHODS else OTHER
        self._requests.labels(route, kind, str(status)).inc()
        self._request_seconds.labels(route, kind).observe(seconds)

    def inspection(self, verdict: str, seconds: float) -> None:
        """A picture was judged, or nobody could."""
        self._inspections.labels(verdict).inc()
        self._inspection_seconds.observe(seconds)

    def lag(self, seconds: float) -> None:
        """The event loop came so late."""
        self._loop_lag.observe(seconds)

    def held(self, where: str) -> None:
        """The event loop was held there."""
        if len(self._places) < MOST_PLACES:
            self._places.add(where)
        self._loop_held.labels(where if where in self._places else OTHER).inc()

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(f"zhengzhao_{name}", words, labels, registry=self.registry)

    def _histogram(self, name: str, words: str, buckets: Iterable[float], *labels: str) -> Histogram:
        return Histogram(f"zhengzhao_{name}", words, labels, registry=self.registry, buckets=tuple(buckets))


def install(app: Flask, figures: Figures) -> None:
    """Count every request, by the template of its route; `trace` has noted when it began."""

    @app.after_request
    def end(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else OTHER
        now = time.perf_counter()
        figures.request(route, request.method, response.status_code, now - g.get("began", now))
        return response


def exporter(figures: Figures) -> WSGIApplication:
    """What answers `/metrics`, on an address of its own."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != "/metrics" or environ["REQUEST_METHOD"] != "GET":
            start_response("404 Not Found", [("Content-Type", "text/plain"), ("Content-Length", "0")])
            return []
        body = generate_latest(figures.registry)
        start_response("200 OK", [("Content-Type", CONTENT_TYPE_LATEST), ("Content-Length", str(len(body)))])
        return [body]

    return answer
