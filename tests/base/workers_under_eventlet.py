# ruff: noqa: E402 — patching comes first
"""Run by test_workers in a process of its own: the same pool on green threads."""

from __future__ import annotations

import sys
import time
import warnings
from pathlib import Path

warnings.simplefilter("ignore")
import eventlet

eventlet.monkey_patch()
sys.path.insert(0, str(Path(__file__).parents[2]))

from app.base.workers.frames import Header
from app.base.workers.pool import Busy, Died, Workers

pool = Workers("tests.base.jobs:job", 2, 2, wall_seconds=2)
pool.start()
gaps: list[float] = []


def tick() -> None:
    last = time.monotonic()
    while True:
        eventlet.sleep(0.005)
        now = time.monotonic()
        gaps.append(now - last)
        last = now


def ask(job: Header, body: bytes = b"") -> bytes | type[Exception]:
    try:
        return pool.run(job, body)[1]
    except (Busy, Died) as error:
        return type(error)


body = bytes(range(256)) * 10_000
assert ask({"do": "echo"}, body) == body[::-1]
ticker = eventlet.spawn(tick)
started = time.monotonic()
naps = [eventlet.spawn(ask, {"do": "nap", "seconds": 0.5}, body) for _ in range(6)]
answers = [nap.wait() for nap in naps]
took = time.monotonic() - started
assert answers.count(body[::-1]) == 4, answers
assert answers.count(Busy) == 2, answers
assert 1.0 <= took < 1.9, took

assert ask({"do": "end"}) is Died
assert ask({"do": "nap", "seconds": 60}) is Died
cut = eventlet.spawn(ask, {"do": "nap", "seconds": 1}, b"late")
eventlet.sleep(0.2)
cut.kill()
assert [ask({"do": "echo"}, b"ab") for _ in range(4)] == [b"ba"] * 4

ticker.kill()
pool.close()
print(f"hub gap: {max(gaps) * 1000:.0f} ms over {len(gaps)} ticks", file=sys.stderr)
assert len(gaps) > 200, len(gaps)
assert max(gaps) < 0.45, max(gaps)  # a hub that waited for a nap would stand still for its 0.5 s
