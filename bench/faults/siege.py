"""All of it at once, and a pairing from login to unlock beside it.

`python -m bench.faults.siege PORT` attacks from another address, each kind in turn again and again, until its input
ends. It is nice: what it costs to attack is spent on machines of the attackers.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from statistics import median
from urllib.parse import quote

from bench.faults.asking import ask
from bench.faults.bodies import FORM, MANY
from bench.faults.browser import paired
from bench.faults.findings import Counts, Driver, Finding
from bench.faults.malformed import heads
from bench.faults.place import Place
from bench.faults.raw import STRANGER, connect, pour, status_of, websocket
from bench.faults.sockets import JUNK
from bench.faults.watch import Watch
from bench.shots import picture
from tests.e2e.world import ROOT

PAUSE = 0.5  # seconds between two attacks of a kind
SIEGES = 60.0  # seconds that a pairing is waited for
ENOUGH = 100.0  # seconds of pairings


def pairing(place: Place, counts: Counts) -> Mapping[str, float]:
    """From the login to the desk's button, without and with the siege."""
    _whole(place)  # warms what is measured
    quiet = median(_several(place, counts.pairings))
    with siege(place.port), Watch(place.port) as watch:
        time.sleep(3)
        attacked = median(_several(place, counts.pairings))
    return {"quiet": quiet, "attacked": attacked, "ratio": attacked / quiet, "longest": watch.waits.longest}


def _several(place: Place, count: int) -> list[float]:
    """So many, fewer when they take too long."""
    took: list[float] = []
    while len(took) < count and sum(took) < ENOUGH:
        took.append(_whole(place))
    return took


def _whole(place: Place) -> float:
    """Seconds; SIEGES when it came to nothing."""
    began = time.monotonic()
    try:
        desk, phone = paired(place)
        while phone.send(picture()).status not in (200, 201):
            if time.monotonic() - began > SIEGES:
                return SIEGES
            time.sleep(0.2)
        while not desk.is_unlocked() and time.monotonic() - began < SIEGES:
            time.sleep(0.02)
    except Exception:
        return SIEGES
    return time.monotonic() - began


@contextmanager
def siege(port: int) -> Iterator[None]:
    """For the length of the block."""
    attackers = subprocess.Popen(
        [sys.executable, "-m", "bench.faults.siege", str(port)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        assert attackers.stdin is not None
        attackers.stdin.close()
        attackers.wait(120)


def _junk(port: int) -> None:
    status, sock = websocket(port)
    with sock:
        if status == 101:
            pour(sock, JUNK * 250)


def _polls(port: int) -> None:
    for path in ("", "&zsid=1"):
        ask(port, "GET", f"/socket.io/?EIO=4&transport=polling{path}", address=STRANGER)


def _form(port: int) -> None:
    ask(port, "POST", "/login", MANY, STRANGER, Origin=f"http://localhost:{port}", Content_Type=FORM)


def _name(port: int) -> None:
    body = b"csrf=x&password=x&name=" + b"n" * 1_000_000
    ask(port, "POST", "/login", body, STRANGER, Origin=f"http://localhost:{port}", Content_Type=FORM)


def _guess(port: int) -> None:
    body = f"csrf=x&password={quote('guess')}&name={time.monotonic_ns() % 1000}".encode()
    ask(port, "POST", "/login", body, STRANGER, Origin=f"http://localhost:{port}", Content_Type=FORM)


def _pipeline(port: int) -> None:
    with connect(port) as sock:
        pour(sock, b"GET /login HTTP/1.1\r\nHost: localhost\r\n\r\n" * 300)


def _dribble(port: int) -> None:
    socks = [connect(port) for _ in range(100)]
    for letter in "GET /health?xxxxxxxx":
        for sock in socks:
            with suppress(OSError):
                sock.sendall(letter.encode())
        time.sleep(1)
    for sock in socks:
        sock.close()


def _odd(port: int) -> None:
    for _name, head, _wanted in heads(port):
        with connect(port, timeout=2) as sock:
            sock.sendall(head)
            status_of(sock)


KINDS: tuple[Callable[[int], None], ...] = (_junk, _polls, _form, _form, _name, _guess, _pipeline, _dribble, _odd)


def _again(kind: Callable[[int], None], port: int, over: threading.Event) -> None:
    while not over.wait(PAUSE):
        with suppress(OSError, ValueError):
            kind(port)


def main(port: int) -> None:
    """Until the input ends."""
    os.nice(10)
    over = threading.Event()
    for kind in KINDS:
        threading.Thread(target=_again, args=(kind, port, over), daemon=True).start()
    sys.stdin.read()
    over.set()
    os._exit(0)  # whatever still waits for an answer


DRIVERS = (
    Driver(
        "siege",
        pairing,
        (
            Finding(
                "ratio", "all attacks at once: a pairing from login to unlock, beside the same without", "×", most=2
            ),
            Finding("attacked", "… it took", "s"),
            Finding("quiet", "… without", "s"),
            Finding("longest", "… longest /health", "ms"),
        ),
        {"PAIRINGS_PER_10_MINUTES": "1000"},
    ),
)

if __name__ == "__main__":
    main(int(sys.argv[1]))
