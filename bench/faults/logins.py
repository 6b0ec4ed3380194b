"""The morning a batch opens: many right logins at once, a whole school behind one address."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass

from app.serve.limits import allow_many_files
from bench.faults.browser import PASSWORD, Desk, paired
from bench.faults.findings import Counts, Driver, Finding
from bench.faults.place import Place
from bench.faults.raw import websocket
from bench.faults.watch import Watch
from tests.e2e.conftest import newcomer
from tests.e2e.world import ROOT
from tests.people import HASHED
from tests.together import at_once

TRIES = 40  # times that somebody who is asked to wait comes back
AT_ONCE = 20


def morning(place: Place, counts: Counts) -> Mapping[str, float]:
    """All press 登录 in the same moment; one who is asked to wait waits as long as they are told and comes again."""
    desk, phone = paired(place)
    numbers = [newcomer(place) for _ in range(counts.logins)]
    crowd = subprocess.Popen(
        [sys.executable, "-m", "bench.faults.logins", str(place.port), place.origin],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert crowd.stdin is not None
    assert crowd.stdout is not None
    crowd.stdin.write(json.dumps(numbers) + "\n")
    crowd.stdin.flush()
    crowd.stdout.readline()
    with Watch(place.port, desk.cookie, phone.cookie) as watch:
        said, _ = crowd.communicate("go\n", timeout=300)
    waits = watch.waits
    figures: dict[str, float] = json.loads(said)
    return figures | {"p99": waits.p99, "longest": waits.longest, "bell": waits.bell_p99}


def school(place: Place, counts: Counts) -> Mapping[str, float]:
    """2,000 people behind one address log in within minutes and leave their pages open; a stranger there guesses."""
    allow_many_files()
    numbers = [newcomer(place) for _ in range(counts.school)]
    place.change("UPDATE candidate SET password_hash = ? WHERE exam_number LIKE '0201%'", HASHED)
    guesser = Desk(place)
    for n in range(min(250, 2 * counts.school)):
        guesser.open("/login") if not n else None
        guesser.post("/login", {"csrf": guesser.csrf, "name": f"nobody{n}", "password": "guess"})
    with ExitStack() as pages:
        inside = opened = 0
        for start in range(0, len(numbers), AT_ONCE):
            desks = at_once(*[lambda n=n: _come(place, n)[0] for n in numbers[start : start + AT_ONCE]])
            for desk in filter(None, desks):
                inside += 1
                status, sock = websocket(place.port, desk.cookie, address=desk.address)
                pages.enter_context(sock)
                opened += status == 101
    return {"inside": 100 * inside / counts.school, "opened": 100 * opened / counts.school}


def _come(place: Place, number: str, tries: int = 1) -> tuple[Desk | None, bool]:
    """The desk once it is logged in (None when it never was), and whether an error was shown."""
    desk = Desk(place)
    desk.open("/login")
    return _press(desk, number, tries)


def _press(desk: Desk, number: str, tries: int) -> tuple[Desk | None, bool]:
    for _ in range(tries):
        answer = desk.press("登录", name=number, password=PASSWORD)
        if answer.status in (302, 303):
            return desk, False
        if answer.status >= 500 and answer.status != 503:
            return None, True
        wait = answer.headers.get("Retry-After", "")
        if not wait.isdigit() or int(wait) > 20:
            return None, False
        time.sleep(int(wait))
    return None, False


@dataclass
class Elsewhere:
    """A place in another process."""

    port: int
    origin: str


def _crowd(port: int, origin: str, numbers: list[str]) -> None:
    """200 people before the login page, then all at once."""

    desks = [Desk(Elsewhere(port, origin)) for _ in numbers]
    for desk in desks:
        desk.open("/login")
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.monotonic()
    came = at_once(*[lambda d=d, n=n: _press(d, n, TRIES) for d, n in zip(desks, numbers, strict=True)])
    print(
        json.dumps(
            {
                "inside": sum(desk is not None for desk, _ in came),
                "errors": sum(wrong for _, wrong in came),
                "took": time.monotonic() - began,
            }
        )
    )


DRIVERS = (
    Driver(
        "morning",
        morning,
        (
            Finding("bell", "200 right logins at once: p99 of a bell meanwhile", "ms", most=200),
            Finding("p99", "… p99 of /health", "ms", most=200),
            Finding("longest", "… longest /health", "ms", most=500),
            Finding("inside", "… who got in, waiting as told", least=200),
            Finding("errors", "… answers of 500 and above but 503", most=0),
            Finding("took", "… all of them took", "s"),
        ),
    ),
    Driver(
        "school",
        school,
        (
            Finding("inside", "2,000 people and a guesser behind one address: people who got in", "%", least=100),
            Finding("opened", "… whose page has its socket", "%", least=100),
        ),
    ),
)

if __name__ == "__main__":
    _crowd(int(sys.argv[1]), sys.argv[2], json.loads(sys.stdin.readline()))
