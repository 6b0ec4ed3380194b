"""Serving: listeners that no peer can end, an orderly stop, and the same for every ASYNC_MODE."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module
from wsgiref.types import WSGIApplication

from app.serve.announce import announce
from app.serve.certificate import tls_context
from app.serve.flight import Flight
from app.serve.limits import Limits, allow_many_files
from app.serve.listener import Listener, listen
from app.serve.settings import ServingSettings
from app.serve.stop import stop_signals

log = logging.getLogger(__name__)
EVERY_ADDRESS = "0.0.0.0"  # noqa: S104 — phones on the LAN are to reach HTTPS


def serve(
    app: WSGIApplication,
    settings: ServingSettings,
    close: Callable[[], None] = lambda: None,
    limits: Limits | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, then answer what is in flight, `close` what the application holds, and return.

    Raises CannotListen (which stops the program) when a port cannot be had.
    """
    limits = limits or Limits()
    allow_many_files()
    listeners = open_listeners(settings, limits)
    flight = Flight(app)
    with stop_signals() as told_to_stop:
        for listener in listeners:
            _start_for(settings.async_mode)(flight, listener, limits)
        announce(settings)
        told_to_stop.recv(1)
        _stop(flight, listeners, limits)
        close()


def open_listeners(settings: ServingSettings, limits: Limits) -> list[Listener]:
    """Plain HTTP on HOST:PORT, and HTTPS on every address unless TLS_PORT is 0."""
    listeners = [listen(settings.host, settings.port, limits.backlog)]
    if settings.tls_port:
        listeners.append(listen(EVERY_ADDRESS, settings.tls_port, limits.backlog, tls_context(settings.data_dir)))
    return listeners


def _start_for(async_mode: str) -> Callable[[Flight, Listener, Limits], None]:
    """Imported late: the one must not be seen without eventlet's patches, the other does not need them."""
    start: Callable[[Flight, Listener, Limits], None] = import_module(f"app.serve.{async_mode}_server").start
    return start


def _stop(flight: Flight, listeners: list[Listener], limits: Limits) -> None:
    for listener in listeners:
        listener.close()
    if not flight.drain(limits.drain):
        log.warning("some requests were not answered within %s seconds", limits.drain)
