"""A regular question on one connection, in a process of its own: how long the event loop lets people wait.

`python -m bench.probe PORT` asks /health every 5 ms until its input ends, then says, in ms: the longest wait of an
answer, the p99, and the longest that this machine let the probe itself oversleep, which is nobody's fault.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from types import TracebackType

from bench.table import rank
from tests.e2e.world import ROOT

EVERY = 0.005


@dataclass(frozen=True)
class Waits:
    """In ms."""

    longest: float
    p99: float
    machine: float
    answers: int


class Probe:
    """`with Probe(port) as probe: …`, then `probe.waits`."""

    waits: Waits

    def __init__(self, port: int) -> None:
        self._port = port

    def __enter__(self) -> Probe:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.probe", str(self._port)],
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
        said, _ = self._process.communicate(timeout=60)
        self.waits = Waits(**json.loads(said))


def ask(port: int, over: threading.Event) -> Waits:
    """Ask until it is over."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    answers, sleeps = [], []
    while not over.is_set():
        before = time.perf_counter()
        time.sleep(EVERY)
        slept = time.perf_counter()
        connection.request("GET", "/health")
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
        sleeps.append(1000 * (slept - before - EVERY))
        answers.append(1000 * (time.perf_counter() - slept))
        if len(answers) == 1:
            print("asking", flush=True)
    return Waits(max(answers), rank(answers, 0.99), max(sleeps), len(answers))


def _await_end(over: threading.Event) -> None:
    sys.stdin.read()
    over.set()


def main(port: int) -> None:
    """Until the input ends."""
    over = threading.Event()
    threading.Thread(target=_await_end, args=(over,), daemon=True).start()
    print(json.dumps(vars(ask(port, over))))


if __name__ == "__main__":
    main(int(sys.argv[1]))
