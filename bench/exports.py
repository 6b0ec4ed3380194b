"""Exports of many photos: the memory of whoever makes and packs them, and how long a candidate's page waits meanwhile.

On the real server, in both modes. Up to ten people share a sealed file in the store; each is read, unsealed, checked
and sent as if it were one's own. The page is asked every 20 ms by a process of its own: quiet, while the export is
made, and while it is downloaded by another process.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import psutil

from bench.exported import PHOTO_BYTES, Exported
from bench.people import arrive
from bench.scale import Scale
from bench.servers import product
from bench.table import Figure, Row, Table, rank
from tests.e2e.world import ROOT, World

MODES = ("eventlet", "threading")
MOST_MB, BUSY = 200.0, 2.0
QUIET = 10.0  # seconds
LOOK = 0.05
ASKED = "quiet", "while it is made", "while it is downloaded"


@dataclass
class Found:
    """Of one mode: ms of every page by what went on, peak MB of the processes by module, seconds of the work."""

    pages: dict[str, list[float]] = field(default_factory=dict)
    peaks: dict[str, float] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


def measure(scale: Scale) -> Table:
    """Make one export of so many photos and take it away, while a candidate's page is asked."""
    rows: list[Row] = []
    for mode in MODES:
        with product(mode=mode) as world:
            rows += _rows(mode, _one(world, scale))
    title = f"exports: {scale.exported:,} photos of {PHOTO_BYTES // 1000} KB in one ZIP"
    return Table(title, "the page's p99 when nothing else goes on, in the same run", rows)


def _one(world: World, scale: Scale) -> Found:
    found, exported, [person] = Found(), Exported(world, scale.exported), arrive(world, 1)
    operator = exported.operator()
    with _asking(world, person.desk, found, ASKED[0]):
        time.sleep(QUIET if scale.exported > 1000 else 1)
    with _asking(world, person.desk, found, ASKED[1]), _watching(world, found), _timed(found, ASKED[1]):
        number = exported.ask()
        while not exported.ended(number):
            time.sleep(LOOK)
    with _asking(world, person.desk, found, ASKED[2]), _watching(world, found), _timed(found, ASKED[2]):
        address = f"{world.origin}/operate/exports/{number}/file"
        taken = subprocess.run(
            ["nice", sys.executable, "-c", TAKE, address, operator], check=True, stdout=subprocess.PIPE
        )
    assert int(taken.stdout) > scale.exported * PHOTO_BYTES, taken.stdout
    exported.db.engine.dispose()
    return found


TAKE = """
import sys, urllib.request
with urllib.request.urlopen(urllib.request.Request(sys.argv[1], headers={"Cookie": sys.argv[2]})) as answer:
    size = 0
    while piece := answer.read(1 << 18):
        size += len(piece)
    assert size == int(answer.headers["Content-Length"])
print(size)
"""
ASK = """
import http.client, json, sys, threading, time
over = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
connection, took = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=60), []
while not over.is_set():
    time.sleep(0.02)
    began = time.perf_counter()
    connection.request("GET", "/apply", headers={"Cookie": sys.argv[2]})
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, answer.status
    took.append(1000 * (time.perf_counter() - began))
print(json.dumps(took))
"""


@contextmanager
def _asking(world: World, cookie: str, found: Found, when: str) -> Iterator[None]:
    """Ask for the candidate's page again and again, from another process."""
    command = [sys.executable, "-c", ASK, str(world.port), cookie]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as asking:
        yield
        said, _ = asking.communicate(timeout=90)
    found.pages[when] = json.loads(said)


@contextmanager
def _timed(found: Found, what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    found.seconds[what] = time.monotonic() - began


@contextmanager
def _watching(world: World, found: Found) -> Iterator[None]:
    """Note the peak of what each process of the server's family has in memory, by its module."""
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=(world, found.peaks, over.is_set))
    watch.start()
    try:
        yield
    finally:
        over.set()
        watch.join()


def _watch(world: World, peaks: dict[str, float], is_over: Callable[[], Any]) -> None:
    assert world.process is not None
    server = psutil.Process(world.process.pid)
    while not is_over():
        with suppress(psutil.NoSuchProcess):  # it ended while it was looked at
            for process in server.children(recursive=True):
                words, held = process.cmdline(), process.memory_info().rss / 1e6
                name = next((each for each in words if each in ("app.work", "app.pack")), "")
                peaks[name] = max(peaks.get(name, 0.0), held)
        time.sleep(LOOK)


def _rows(mode: str, found: Found) -> list[Row]:
    quiet, making, taking = (Figure("ms", (rank(found.pages[when], 0.99),)) for when in ASKED)
    return [
        Row(f"{mode}: candidate's page, p99, while it is made", making, quiet, most_ratio=BUSY),
        Row(f"{mode}: candidate's page, p99, while it is downloaded", taking, quiet, most_ratio=BUSY),
        Row(f"{mode}: peak memory of who makes it", Figure("MB", (found.peaks.get("app.work", 0.0),)), most=MOST_MB),
        Row(f"{mode}: peak memory of who packs it", Figure("MB", (found.peaks.get("app.pack", 0.0),)), most=MOST_MB),
        Row(f"{mode}: made in", Figure("s", (found.seconds[ASKED[1]],))),
        Row(f"{mode}: downloaded in", Figure("s", (found.seconds[ASKED[2]],))),
    ]
