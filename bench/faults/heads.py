"""Strangers and heads of requests: pipelined, dribbled, malformed."""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from contextlib import suppress

from bench.faults.findings import Counts, Driver, Finding
from bench.faults.malformed import heads
from bench.faults.place import Place
from bench.faults.raw import connect, is_open, pour, status_of
from bench.faults.watch import Watch

HELD = 500.0
FAILED = (500, 502, 503, 504)
LINE = b"GET /health?" + b"x" * 400
HEAD = b"GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"x" * 400


def pipelined(place: Place, counts: Counts) -> Mapping[str, float]:
    """Very many requests on one connection, before the first is answered."""
    one = b"GET /login HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with Watch(place.port) as watch, connect(place.port) as sock:
        pour(sock, one * counts.pipelined)
        _hear_out(sock)
    return {"longest": watch.waits.longest, "p99": watch.waits.p99}


def dribble(place: Place, counts: Counts) -> Mapping[str, float]:
    """Connections whose head comes a byte a second: half of them in the line, half of them in a header."""
    heads_ = [LINE if number % 2 else HEAD for number in range(counts.dribblers)]
    socks: dict[int, socket.socket] = {number: connect(place.port) for number in range(counts.dribblers)}
    began = time.monotonic()
    for number, sock in socks.items():
        sock.sendall(heads_[number][:20] if number % 2 else heads_[number][:60])
    at = 60
    with Watch(place.port) as watch:
        while socks and time.monotonic() - began < counts.dribble_seconds:
            at += 1
            for number, sock in list(socks.items()):
                if not _drips(sock, heads_[number][at : at + 1]):
                    socks.pop(number).close()
            time.sleep(max(0, 1 - (time.monotonic() - began) % 1))
    lines = sum(number % 2 for number in socks)
    for sock in socks.values():
        sock.close()
    return {"lines": lines, "headers": len(socks) - lines, "longest": watch.waits.longest}


def malformed(place: Place, counts: Counts) -> Mapping[str, float]:
    """Heads that no honest client sends."""
    found = {name: _status(place, head) for name, head, _wanted in heads(place.port)}
    wrong = [name for name, _head, wanted in heads(place.port) if found[name] not in wanted]
    for name in wrong:
        print(f"  malformed, {place.mode}, {place.way}: {name}: {found[name]}", flush=True)
    return {"errors": sum(status in FAILED for status in found.values()), "wrong": len(wrong)}


def _status(place: Place, head: bytes) -> int:
    with connect(place.port, timeout=5) as sock:
        sock.sendall(head)
        return status_of(sock)


def _drips(sock: socket.socket, byte: bytes) -> bool:
    try:
        sock.sendall(byte)
    except OSError:
        return False
    return is_open(sock, 0.0005)


def _hear_out(sock: socket.socket) -> None:
    """Until the other side hangs up, or says nothing for 3 s."""
    sock.settimeout(3)
    with suppress(OSError):
        while sock.recv(65536):
            pass


DRIVERS = (
    Driver(
        "pipelined",
        pipelined,
        (
            Finding(
                "longest", "3,000 pipelined requests on one connection: longest /health of others", "ms", most=HELD
            ),
            Finding("p99", "… p99", "ms", most=HELD),
        ),
    ),
    Driver(
        "dribble",
        dribble,
        (
            Finding("lines", "150 request lines of a byte a second: connections alive after 42 s", most=0),
            Finding("headers", "150 headers of a byte a second: connections alive after 42 s", most=0),
            Finding("longest", "… longest /health of others", "ms", most=HELD),
        ),
    ),
    Driver(
        "malformed",
        malformed,
        (
            Finding("errors", "malformed heads: answers of 500 and above", most=0),
            Finding("wrong", "malformed heads: answered otherwise than by a refusal", most=0, ways=("direct",)),
        ),
    ),
)
