"""Strangers and sockets: junk frames, events nobody asked for, handshakes that fill the house."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress

from bench.faults.asking import ask
from bench.faults.browser import paired
from bench.faults.findings import Counts, Driver, Finding
from bench.faults.place import Place
from bench.faults.raw import STRANGER, frame, is_open, pour, websocket
from bench.faults.watch import Watch

JUNK = frame("4zz")  # 9 bytes: a Socket.IO packet of no type
HELD = 500.0  # ms that others may wait at most on a busy machine
SEATS = 200


def _spoil(place: Place, what: bytes, cookie: str) -> dict[str, float]:
    """Send this on one socket; what it did to somebody else, to the socket, to the log."""
    before = place.log().count("\n")
    with Watch(place.port) as watch:
        status, sock = websocket(place.port, cookie)
        if status == 101:
            pour(sock, what)
            with suppress(OSError):
                sock.sendall(frame("2"))  # whatever was sent has been read once this is
        alive = status == 101 and is_open(sock, 2)
        sock.close()
    return {
        "longest": watch.waits.longest,
        "open": float(alive),
        "status": status,
        "lines": place.log().count("\n") - before - _looks(watch),
    }


def _looks(watch: Watch) -> int:
    return watch.waits.answers


def stranger(place: Place, counts: Counts) -> Mapping[str, float]:
    """Junk of somebody who is nobody."""
    return _spoil(place, JUNK * counts.frames, "")


def events(place: Place, counts: Counts) -> Mapping[str, float]:
    """A stranger connects to the namespace `/` and sends events there."""
    return _spoil(place, frame("40") + frame('42["bell"]') * counts.frames, "")


def candidate(place: Place, counts: Counts) -> Mapping[str, float]:
    """Junk on the socket of a desk."""
    desk, _phone = paired(place)
    return _spoil(place, frame("40/desk,") + JUNK * counts.frames, desk.cookie)


def phone(place: Place, counts: Counts) -> Mapping[str, float]:
    """Well-formed events on the socket of a phone."""
    _desk, phone = paired(place)
    return _spoil(place, frame("40/phone,") + frame('42/phone,["bell"]') * counts.frames, phone.cookie)


def handshakes(place: Place, counts: Counts) -> Mapping[str, float]:
    """Polling handshakes without a cookie; then somebody who may."""
    desk, _phone = paired(place)
    polls = "/socket.io/?EIO=4&transport=polling"
    with ThreadPoolExecutor(8) as pool:
        taken = sum(pool.map(lambda _n: _knock(place.port, polls), range(counts.handshakes)))
        spelled = sum(pool.map(lambda _n: _knock(place.port, f"{polls}&zsid=1"), range(counts.handshakes // 5)))
    with ExitStack() as later:
        status, sock = websocket(place.port, desk.cookie, address="127.0.0.1")
        later.enter_context(sock)
    return {"taken": taken, "spelled": spelled, "right": status}


def websockets(place: Place, counts: Counts) -> Mapping[str, float]:
    """Websockets of strangers that stay open and say nothing; then somebody who may."""
    desk, _phone = paired(place)
    with ExitStack() as held:
        statuses = []
        for _ in range(counts.handshakes):
            status, sock = websocket(place.port)
            held.enter_context(sock)
            statuses.append(status)
        right, sock = websocket(place.port, desk.cookie, address="127.0.0.1")
        held.enter_context(sock)
    return {"taken": statuses.count(101), "right": right}


def _knock(port: int, path: str) -> bool:
    return ask(port, "GET", path, address=STRANGER).status == 200


def _spoils(who: str) -> tuple[Finding, ...]:
    return (
        Finding("longest", f"{who}: longest /health of others", "ms", most=HELD),
        Finding("open", f"{who}: socket still open (1: yes)", most=0),
        Finding("lines", f"{who}: lines in the log", most=20),
    )


FULL_HOUSE = {"MAX_SOCKETS": str(SEATS), "SOCKETS_PER_LOGIN": "4"}
DRIVERS = (
    Driver(
        "junk",
        stranger,
        (
            *_spoils("5,000 junk frames of a stranger"),
            Finding("status", "a stranger's upgrade: status", least=400, most=499),
        ),
    ),
    Driver("events", events, _spoils("5,000 events of a stranger on /")),
    Driver("junk-desk", candidate, _spoils("5,000 junk frames of a candidate")),
    Driver("events-phone", phone, _spoils("5,000 events of a phone")),
    Driver(
        "handshakes",
        handshakes,
        (
            Finding("taken", "polling handshakes without a cookie that were taken, of 250", most=0),
            Finding("spelled", "… with &zsid=1 when the house is full, of 50", most=0),
            Finding("right", "status for a candidate's socket then", least=101, most=101),
        ),
        FULL_HOUSE,
    ),
    Driver(
        "websockets",
        websockets,
        (
            Finding("taken", "websockets without a cookie that were taken, of 250", most=0),
            Finding("right", "status for a candidate's socket then", least=101, most=101),
        ),
        FULL_HOUSE,
    ),
)
