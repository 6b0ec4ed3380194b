"""A database that somebody else holds, or that fails: a bounded wait, a typed answer, and then it goes on."""

from __future__ import annotations

import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from app.base.database import Database
from app.base.unavailable import DatabaseBusy, DatabaseFailed, StoreFailed
from tests.base.holder import ALONE, held
from tests.base.test_store_fails import limited
from tests.together import at_once

ROOT = Path(__file__).parents[2]
PATIENCE = 0.5


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path}/some.db", patience=PATIENCE)
    with made.writing() as session:
        session.execute(text("CREATE TABLE counted (n INTEGER UNIQUE)"))
        session.execute(text("INSERT INTO counted VALUES (0)"))
    yield made
    made.engine.dispose()


@pytest.fixture
def file(db: Database) -> Path:
    return Path(str(db.url.database))


def count(db: Database) -> int | None:
    with db.reading() as session:
        found: int | None = session.scalar(text("SELECT n FROM counted"))
        return found


def add_one(db: Database) -> None:
    with db.writing() as session:
        session.execute(text("UPDATE counted SET n = n + 1"))


def refused(db: Database) -> float:
    """How long a writer waited before it was told to come back."""
    began = time.monotonic()
    with pytest.raises(DatabaseBusy):
        add_one(db)
    return time.monotonic() - began


def test_a_writer_waits_for_another_process_until_its_deadline_and_readers_do_not(db: Database, file: Path) -> None:
    with held(file):
        assert PATIENCE <= refused(db) < PATIENCE + 2
        assert count(db) == 0
    add_one(db)
    assert count(db) == 1


def test_the_deadline_counts_the_wait_for_ones_turn_too(db: Database, file: Path) -> None:
    with held(file):
        waits = at_once(*[lambda: refused(db)] * 6)
    assert max(waits) < PATIENCE + 2


def test_a_writer_gets_through_when_the_other_lets_go_in_time(db: Database, file: Path) -> None:
    db = Database(str(db.url), patience=20)
    with held(file):
        writer = threading.Thread(target=add_one, args=(db,))
        writer.start()
    writer.join(20)
    assert count(db) == 1
    db.engine.dispose()


def test_a_file_that_somebody_has_for_themselves_keeps_readers_away_only_so_long(db: Database, file: Path) -> None:
    db.engine.dispose()
    with held(file, ALONE):
        for ask in (count, add_one):
            with pytest.raises(DatabaseBusy):
                ask(db)
    assert count(db) == 0


def test_inside_a_transaction_nothing_waits_for_the_database(db: Database, file: Path) -> None:
    fresh = Database(str(db.url), patience=30)
    with fresh.writing() as session:
        session.execute(text("UPDATE counted SET n = 7"))
        with fresh.reading() as reading:
            assert reading.scalar(text("SELECT n FROM counted")) == 0
    fresh.engine.dispose()


def test_a_full_disk_is_the_databases_failure_and_nothing_is_half_written(db: Database) -> None:
    for _ in limited(resource.RLIMIT_FSIZE, 0):
        with pytest.raises(DatabaseFailed):
            add_one(db)
        assert count(db) == 0
        with pytest.raises(StoreFailed):
            db.check()
    add_one(db)
    assert count(db) == 1


def test_a_file_that_cannot_be_opened_is_its_failure_too(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path}/not/there.db")
    for ask in (count, add_one, Database.check):
        with pytest.raises(DatabaseFailed):
            ask(db)


def test_a_defect_stays_a_defect(db: Database) -> None:
    with pytest.raises(OperationalError, match="no such table"), db.reading() as session:
        session.execute(text("SELECT * FROM nowhere"))
    with pytest.raises(IntegrityError), db.writing() as session:
        session.execute(text("INSERT INTO counted VALUES (0)"))


def _fail(_info: dict[Any, Any]) -> None:
    raise ZeroDivisionError


def test_what_fails_after_a_commit_does_not_undo_it_or_stop_what_else_follows(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    told = []
    db.after_commit += [_fail, lambda _info: told.append(count(db))]
    add_one(db)
    assert told == [1]
    assert "ZeroDivisionError" in caplog.text


def test_under_eventlet_a_wait_holds_nobody_up_and_yielding_inside_still_fails_loudly(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.base.database_under_eventlet", str(tmp_path / "some.db")]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.stdout == "all went on\n", done.stderr
