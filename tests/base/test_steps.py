"""Long upkeep goes in short transactions, each of them whole, and ends when it is told to."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.base.audit import AuditRow, audit_key, record
from app.base.clock import SystemClock
from app.base.database import Database
from app.base.steps import Stop, in_steps, stop_signals

KEY = audit_key("k" * 40)
MOMENT = SystemClock().now()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path}/steps.db", {"audit_key": KEY})
    made.upgrade()
    yield made
    made.engine.dispose()


def twice(session: Session, number: int) -> Counter[str]:
    """Two rows that belong together."""
    for _n in range(2):
        record(session, number, "server", "tried", MOMENT)
        session.flush()
    return Counter(rows=2)


def rows(db: Database) -> list[int]:
    with db.reading() as session:
        return [number or 0 for number in session.scalars(select(AuditRow.application_id).order_by(AuditRow.id))]


def test_everything_is_done_once_in_several_transactions(db: Database) -> None:
    left: list[int] = []
    done = in_steps(db, range(1, 101), twice, Stop(), left.append)
    assert done == Counter(rows=200)
    assert rows(db) == [number for number in range(1, 101) for _n in range(2)]
    assert left[-1] == 0
    assert len(left) > 1
    assert left == sorted(left, reverse=True)


def test_others_write_between_the_steps(db: Database) -> None:
    between: list[int] = []

    def somebody_else(left: int) -> None:
        with db.writing() as session:
            record(session, None, "candidate:1", "wrote", MOMENT)
        between.append(left)

    in_steps(db, range(1, 101), twice, Stop(), somebody_else)
    assert rows(db).count(0) == len(between)


def test_who_is_told_to_stop_finishes_the_step_and_leaves_the_rest(db: Database) -> None:
    stop = Stop()

    def enough(_left: int) -> None:
        stop.told = True

    done = in_steps(db, range(1, 10_001), twice, stop, enough)
    kept = rows(db)
    assert done["rows"] == len(kept) < 20_000
    assert all(kept.count(number) == 2 for number in kept[-6:])


def test_a_step_that_fails_leaves_nothing_half_done(db: Database) -> None:
    def fails(session: Session, number: int) -> Counter[str]:
        record(session, number, "server", "tried", MOMENT)
        raise KeyError(number)

    with pytest.raises(KeyError):
        in_steps(db, [1], fails, Stop(), lambda _left: None)
    assert rows(db) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_says_that_it_is_enough_and_is_itself_again_afterwards(number: int) -> None:
    before = signal.getsignal(number)
    with stop_signals() as stop:
        assert not stop.told
        os.kill(os.getpid(), number)
        assert stop.told
    assert signal.getsignal(number) == before


def test_beside_the_main_thread_nothing_is_said() -> None:
    said: list[bool] = []

    def ask() -> None:
        with stop_signals() as stop:
            said.append(stop.told)

    other = threading.Thread(target=ask)
    other.start()
    other.join()
    assert said == [False]
