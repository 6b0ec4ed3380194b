# ruff: noqa: E402 — patching comes first
"""Run by test_db_waits in a process of its own: waiting for a file that another process holds, on green threads."""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

warnings.simplefilter("ignore")
import eventlet

eventlet.monkey_patch()
sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import text

from app.base.database import Database, YieldedInsideTransaction
from app.base.unavailable import DatabaseBusy
from tests.base.holder import ALONE, held

PATIENCE = 1.0
file = sys.argv[1]
db = Database(f"sqlite:///{file}", patience=PATIENCE)
gaps: list[float] = []
Took = tuple[str | int | None, float]  # what came of it, after how many seconds


def tick() -> None:
    last = time.monotonic()
    while True:
        eventlet.sleep(0.005)
        now = time.monotonic()
        gaps.append(now - last)
        last = now


def add_one() -> Took:
    began = time.monotonic()
    try:
        with db.writing() as session:
            session.execute(text("UPDATE counted SET n = n + 1"))
    except DatabaseBusy:
        return "busy", time.monotonic() - began
    return "done", time.monotonic() - began


def count() -> Took:
    began = time.monotonic()
    try:
        with db.reading() as session:
            return session.scalar(text("SELECT n FROM counted")), time.monotonic() - began
    except DatabaseBusy:
        return "busy", time.monotonic() - began


def crowd(*deeds: Callable[[], Took]) -> list[Took]:
    return [each.wait() for each in [eventlet.spawn(deed) for deed in deeds]]


def yielding_inside() -> None:
    with db.writing() as session:
        session.execute(text("UPDATE counted SET n = n"))
        eventlet.sleep(0.05)


with db.writing() as session:
    session.execute(text("CREATE TABLE counted (n INTEGER)"))
    session.execute(text("INSERT INTO counted VALUES (0)"))
eventlet.spawn(tick)

with held(file):
    gaps.clear()
    answers = crowd(*[add_one] * 20, *[count] * 20)
    assert {what for what, _ in answers[:20]} == {"busy"}, answers
    assert {what for what, _ in answers[20:]} == {0}, answers
    assert max(took for _, took in answers[:20]) < PATIENCE + 2, answers
    assert max(took for _, took in answers[20:]) < 0.5, "a reader waited for a writer"
    assert max(gaps) < 1, f"somebody else's lock held everybody for {max(gaps):.2f} s"

writers = [eventlet.spawn(add_one) for _ in range(20)]
with held(file):
    eventlet.sleep(0.3)
    assert {each.wait()[0] for each in writers[:1]} <= {"done", "busy"}
assert {each.wait()[0] for each in writers} <= {"done", "busy"}
assert crowd(*[add_one] * 20)[0][0] == "done", "nobody goes on after the lock is gone"

first, second = eventlet.spawn(yielding_inside), eventlet.spawn(add_one)
first.wait()
try:
    second.wait()
except YieldedInsideTransaction:
    pass
else:
    raise AssertionError("a transaction that yielded went unnoticed")
assert add_one()[0] == "done"

db.engine.dispose()
with held(file, ALONE):
    gaps.clear()
    answers = crowd(*[count] * 10, *[add_one] * 10)
    assert {what for what, _ in answers} == {"busy"}, answers
    assert max(took for _, took in answers) < PATIENCE + 2, answers
    assert max(gaps) < 1, f"a file held alone held everybody for {max(gaps):.2f} s"
assert count()[0] != "busy"
assert add_one()[0] == "done"
print("all went on")
