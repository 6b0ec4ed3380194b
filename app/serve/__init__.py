"""The servers: listeners that keep accepting whatever peers do, an orderly stop, the same in every ASYNC_MODE.

`serve` is the entry. eventlet_server and threading_server are the two modes; listener, head, metered and limits hold
what both bound; in_flight and stop end a server without losing a request; certificate, origins, addresses and announce
are about the names under which it is reached.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module
from wsgiref.types import WSGIApplication

from app.serve.announce import announce
from app.serve.certificate import tls_context
from app.serve.in_flight import InFlightRequests
from app.serve.limits import ConnectionLimits, allow_many_files
from app.serve.listener import Listener, listen
from app.serve.settings import ServingSettings
from app.serve.stop import stop_signals

log = logging.getLogger(__name__)
Start = Callable[[WSGIApplication, Listener, ConnectionLimits], None]
EVERY_ADDRESS = "0.0.0.0"  # noqa: S104 — phones on the LAN are to reach HTTPS


def serve(
    app: WSGIApplication,
    settings: ServingSettings,
    close: Callable[[], None] = lambda: None,
    limits: ConnectionLimits | None = None,
    metrics: WSGIApplication | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, then answer the requests in flight, `close` the application, and return. `metrics`
    answers on METRICS_ADDRESS, where nothing else does.

    Raises CannotListen (which stops the program) when a port cannot be bound.
    """
    limits = limits or ConnectionLimits()
    allow_many_files()
    listeners, in_flight = open_listeners(settings, limits), InFlightRequests(app)
    served: list[tuple[WSGIApplication, Listener]] = [(in_flight, each) for each in listeners]
    if metrics:
        served += [(metrics, each) for each in open_apart(settings, limits)]
    with stop_signals() as told_to_stop:
        for application, listener in served:
            _start_for(settings.async_mode)(application, listener, limits)
        announce(settings)
        told_to_stop.recv(1)
        _stop(in_flight, [listener for _, listener in served], limits)
        close()


def open_listeners(settings: ServingSettings, limits: ConnectionLimits) -> list[Listener]:
    """Plain HTTP on HOST:PORT, and HTTPS on every address unless TLS_PORT is 0."""
    listeners = [listen(settings.host, settings.port, limits.backlog)]
    if settings.tls_port:
        listeners.append(listen(EVERY_ADDRESS, settings.tls_port, limits.backlog, tls_context(settings.data_dir)))
    return listeners


def open_apart(settings: ServingSettings, limits: ConnectionLimits) -> list[Listener]:
    """What listens for those who watch, on an address of its own."""
    host, _, port = settings.metrics_address.rpartition(":")
    return [listen(host.strip("[]"), int(port), limits.backlog)] if port else []


def _start_for(async_mode: str) -> Start:
    """The `start` of a mode, imported late: eventlet_server must not be imported without eventlet's patches."""
    start: Start = import_module(f"app.serve.{async_mode}_server").start
    return start


def _stop(in_flight: InFlightRequests, listeners: list[Listener], limits: ConnectionLimits) -> None:
    for listener in listeners:
        listener.close()
    if not in_flight.drain(limits.drain):
        log.warning("some requests were not answered within %s seconds", limits.drain)
