"""Somebody else meanwhile, in a process of their own: how long /health and the bells keep them waiting.

`python -m bench.faults.watch PORT [DESK PHONE]` asks /health every 20 ms, each time on a new connection, and, when it
is given the cookies of a desk and its phone, lets the phone ring the desk's bell twice a second, until its input ends.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from types import TracebackType

from bench.faults.asking import ask
from bench.table import rank
from bench.wire import Desk, Web
from tests.e2e.world import ROOT

EVERY = 0.02
RINGS = 0.55  # a phone may speak 120 times a minute
LOST = 15_000.0  # ms: a bell that did not ring is made good by the page's own look after 15 s


@dataclass(frozen=True)
class Waits:
    """In ms, and how many answers were not 200. `machine`: the longest that the probe itself overslept."""

    longest: float
    p99: float
    machine: float
    answers: int
    wrong: int
    bells: int
    bell_p99: float


class Watch:
    """`with Watch(place.port) as watch: …`, then `watch.waits`."""

    waits: Waits

    def __init__(self, port: int, *cookies: str) -> None:
        self._arguments = [str(port), *cookies]

    def __enter__(self) -> Watch:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.faults.watch", *self._arguments],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        self._process.stdout.readline()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        said, _ = self._process.communicate(timeout=180)
        self.waits = Waits(**json.loads(said))


def ask_until(port: int, over: threading.Event, bells: list[float]) -> Waits:
    """Ask until it is over."""
    answers: list[float] = []
    sleeps: list[float] = []
    wrong = 0
    while not over.is_set() or not answers:
        before = time.perf_counter()
        time.sleep(EVERY)
        slept = time.perf_counter()
        wrong += ask(port, "GET", "/health").status != 200
        sleeps.append(1000 * (slept - before - EVERY))
        answers.append(1000 * (time.perf_counter() - slept))
        if len(answers) == 1:
            print("asking", flush=True)
    return Waits(
        max(answers),
        rank(answers, 0.99),
        max(sleeps),
        len(answers),
        wrong,
        len(bells),
        rank(bells, 0.99) if bells else 0,
    )


async def ring(port: int, desk_cookie: str, phone_cookie: str, over: threading.Event, bells: list[float]) -> None:
    """From the phone's word to the desk's bell, in ms."""
    desk = await Desk.open(port, desk_cookie)
    number = 0
    while not over.is_set():
        number += 1
        began = time.perf_counter()
        heard = asyncio.create_task(desk.bell())
        await asyncio.gather(_speak(port, phone_cookie, ("camera_ready", "sending")[number % 2]))
        try:
            await asyncio.wait_for(heard, LOST / 1000)
            bells.append(1000 * (time.perf_counter() - began))
        except (TimeoutError, ConnectionError, asyncio.IncompleteReadError):
            bells.append(LOST)
            desk = await Desk.open(port, desk_cookie)
        await asyncio.sleep(max(0, RINGS - (time.perf_counter() - began)))


async def _speak(port: int, cookie: str, code: str) -> None:
    phone = Web(port, cookie)
    body = json.dumps({"code": code}).encode()
    await phone.ask("POST", "/m/progress", body, Content_Type="application/json", X_Zhengzhao="phone")
    phone.close()


def _wait_for_the_end(over: threading.Event) -> None:
    sys.stdin.read()
    over.set()


def main(port: int, desk_cookie: str = "", phone_cookie: str = "") -> None:
    """Until the input ends. Without the cookies nobody rings."""
    over, bells = threading.Event(), list[float]()
    threading.Thread(target=_wait_for_the_end, args=(over,), daemon=True).start()
    ringing = None
    if desk_cookie:
        rings = ring(port, desk_cookie, phone_cookie, over, bells)
        ringing = threading.Thread(target=asyncio.run, args=(rings,), daemon=True)
        ringing.start()
    waits = ask_until(port, over, bells)
    if ringing:
        ringing.join(LOST / 1000)
    print(json.dumps(vars(waits) | {"bells": len(bells), "bell_p99": rank(bells, 0.99) if bells else LOST}))


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
