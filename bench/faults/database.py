"""Our faults: a database that another process holds."""

from __future__ import annotations

import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

from bench.faults.browser import Desk, Phone, paired
from bench.faults.findings import Counts, Driver, Finding
from bench.faults.place import Place
from bench.faults.raw import frame, is_open, joins, websocket
from bench.faults.watch import Watch
from bench.shots import picture

WRITERS = 4
SEATS = 2
BUSY = 5.0  # seconds that SQLite waits for a lock


def locked(place: Place, counts: Counts) -> Mapping[str, float]:
    """Somebody else holds the write lock for 10 s while phones report, send, and open their bells."""
    pairs = [paired(place) for _ in range(WRITERS)]
    desk, _phone = pairs[0]
    said: list[int] = []
    with Watch(place.port) as watch, _held(place):
        over = threading.Event()
        people = [threading.Thread(target=_again, args=(deed, said, over)) for deed in _deeds(pairs)]
        for person in people:
            person.start()
        time.sleep(counts.locked_seconds)
        over.set()
    for person in people:
        person.join()
    return {
        "longest": watch.waits.longest,
        "unwell": watch.waits.wrong,
        "errors": said.count(500) + said.count(0),
        "asked": len(said),
        "after": desk.open("/apply").status,
    }


def bell(place: Place, counts: Counts) -> Mapping[str, float]:
    """A phone's page opens its bell as often as it may while the database is locked, is gone, and comes again."""
    _desk, phone = paired(place)
    with _held(place):
        tries = [_bell(place, phone) for _ in range(SEATS)]
        ends = time.monotonic() + SEATS * BUSY + 2
        while time.monotonic() < ends and any(is_open(sock, 0.2) for sock in tries):
            pass
    for sock in tries:
        sock.close()
    time.sleep(2)
    return {"rings": float(_rings(place, phone))}


def _deeds(pairs: list[tuple[Desk, Phone]]) -> list[Callable[[], int]]:
    (desk, phone), (other, second), (_third, third), (last, _fourth) = pairs
    return [
        lambda: phone.say("/m/progress", code="camera_ready").status,
        lambda: second.send(picture()).status,
        lambda: third.say("/m/progress", code="sending").status,
        lambda: last.ask("POST", "/pairings/code", X_CSRF=last.csrf, Accept="application/json").status,
        lambda: other.open("/apply/capture").status,
        lambda: Desk(desk.place).log_in(desk.number).status,
    ]


def _again(deed: Callable[[], int], said: list[int], over: threading.Event) -> None:
    while not over.is_set():
        said.append(deed())
        time.sleep(0.5)


def _bell(place: Place, phone: Phone) -> socket.socket:
    """A socket of this phone's page that has asked to be let in."""
    status, sock = websocket(place.port, phone.cookie, address="127.0.0.1")
    if status == 101:
        with suppress(OSError):
            sock.sendall(frame("40/phone,"))
    return sock


def _rings(place: Place, phone: Phone) -> bool:
    """Whether this phone's page is let in to its bell."""
    status, sock = websocket(place.port, phone.cookie, address="127.0.0.1")
    with sock:
        return status == 101 and joins(sock, "/phone")


@contextmanager
def _held(place: Place) -> Iterator[None]:
    """The write lock, taken as any process beside the server may take it."""
    other = sqlite3.connect(place.folder / "zhengzhao.db", isolation_level=None, timeout=30)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


DRIVERS = (
    Driver(
        "locked",
        locked,
        (
            Finding("longest", "database locked for 10 s: longest /health", "ms", most=500),
            Finding("unwell", "… /health that were not 200", most=0),
            Finding("errors", "… answers of 500, and none", most=0),
            Finding("asked", "… answers in all"),
            Finding("after", "… a page afterwards: status", least=200, most=200),
        ),
    ),
    Driver(
        "bell",
        bell,
        (
            Finding(
                "rings",
                "a phone's bell that could not be opened while the database was locked rings later (1: yes)",
                least=1,
            ),
        ),
        {"SOCKETS_PER_LOGIN": str(SEATS)},
    ),
)
