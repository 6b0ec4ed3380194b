"""What counts as being in flight."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from app.serve.in_flight import InFlightRequests


def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    return [b"first", b"last"]


def failing(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    raise LookupError


def ask(flight: InFlightRequests, path: str) -> Iterable[bytes]:
    return flight({"PATH_INFO": path}, lambda *_: lambda _words: None)


def test_a_request_is_in_flight_until_its_answer_is_closed() -> None:
    flight = InFlightRequests(answer)
    body = ask(flight, "/apply")
    assert list(body) == [b"first", b"last"]
    assert not flight.drain(0.01)
    body.close()  # type: ignore[attr-defined]  # as PEP 3333 has it
    assert flight.drain(0)


def test_a_request_that_failed_is_not() -> None:
    flight = InFlightRequests(failing)
    with pytest.raises(LookupError):
        ask(flight, "/apply")
    assert flight.drain(0)


def test_waiting_for_bells_is_not() -> None:
    flight = InFlightRequests(answer)
    ask(flight, "/socket.io/")
    assert flight.drain(0)
