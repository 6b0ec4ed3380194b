"""Transactions: one at a time, whole or not at all, and nothing waits inside one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from app.base.database import Database, YieldedInsideTransaction
from tests.together import at_once


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path}/some.db", {"told": "from the start"})
    with made.writing() as session:
        session.execute(text("CREATE TABLE counted (n INTEGER)"))
        session.execute(text("INSERT INTO counted VALUES (0)"))
    yield made
    made.engine.dispose()


def count(db: Database) -> int:
    with db.reading() as session:
        return int(session.execute(text("SELECT n FROM counted")).scalar_one())


def add_one(db: Database) -> None:
    with db.writing() as session:
        n = session.scalar(text("SELECT n FROM counted"))
        session.execute(text("UPDATE counted SET n = :n"), {"n": n + 1})


def fail_half_way(db: Database) -> None:
    with db.writing() as session:
        session.execute(text("UPDATE counted SET n = 99"))
        raise KeyError


def test_a_crowd_of_writers_all_get_through_one_after_the_other(db: Database) -> None:
    at_once(*[lambda: add_one(db)] * 60)
    assert count(db) == 60


def test_what_fails_leaves_nothing_and_the_next_goes_on(db: Database) -> None:
    with pytest.raises(KeyError):
        fail_half_way(db)
    add_one(db)
    assert count(db) == 1


def test_a_transaction_inside_another_fails_loudly_instead_of_waiting_for_ever(db: Database) -> None:
    with db.writing(), pytest.raises(YieldedInsideTransaction), db.writing():
        pass
    add_one(db)
    assert count(db) == 1


def test_readers_do_not_wait_for_a_writer(db: Database) -> None:
    seen = []
    with db.writing() as session:
        session.execute(text("UPDATE counted SET n = 7"))
        reader = threading.Thread(target=lambda: seen.append(count(db)))
        reader.start()
        reader.join(5)
    assert seen == [0]


def test_what_follows_a_commit_is_told_after_it_and_never_after_a_failure(db: Database) -> None:
    told = []
    db.after_commit.append(lambda info: told.append((info["told"], count(db))))
    add_one(db)
    with pytest.raises(KeyError):
        fail_half_way(db)
    assert told == [("from the start", 1)]
