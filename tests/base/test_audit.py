"""The audit's chain: whoever changes it without the key is found out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from app.base.audit import AuditRow, Verified, audit_key, link, record, verify, verify_all
from app.base.clock import SHANGHAI
from app.base.database import Base, Database

KEY, NEXT_KEY, STRANGE_KEY = (audit_key(letter * 32) for letter in "abc")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A database with the chain of application 7 (three rows), of 8 (one) and of none (two)."""
    database = Database(f"sqlite:///{tmp_path}/audit.db", {"audit_key": KEY})
    AuditRow.metadata.create_all(database.engine, [Base.metadata.tables["audit"]])
    with database.writing() as session:
        for n, application in enumerate([7, None, 7, 8, None, 7]):
            record(session, application, "candidate:1", "step", NOON + timedelta(minutes=n), f"no {n}")
    yield database
    database.engine.dispose()


def check(db: Database, *keys: bytes) -> Verified:
    with db.reading() as session:
        return verify_all(session, keys or (KEY,))


def test_an_untouched_audit_is_whole(db: Database) -> None:
    assert check(db) == Verified(rows=6, chains=3, broken=())


def test_each_application_counts_for_itself(db: Database) -> None:
    with db.reading() as session:
        found = [(row.application_id, row.seq) for row in session.scalars(select(AuditRow).order_by(AuditRow.id))]
    assert found == [(7, 1), (None, 1), (7, 2), (8, 1), (None, 2), (7, 3)]


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "candidate:2"},
        {"action": "approve"},
        {"detail": ""},
        {"at": NOON},
        {"application_id": 9},
        {"seq": 9},
        {"mac": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_rewritten_row_shows(db: Database, change: dict[str, str | int | datetime]) -> None:
    with db.writing() as session:
        session.execute(update(AuditRow).where(AuditRow.application_id == 7, AuditRow.seq == 2).values(change))
    assert check(db).broken != ()


@pytest.mark.parametrize("seq", [1, 2])
def test_a_removed_row_shows(db: Database, seq: int) -> None:
    with db.writing() as session:
        session.execute(delete(AuditRow).where(AuditRow.application_id == 7, AuditRow.seq == seq))
    [broken] = check(db).broken
    assert (broken.application_id, broken.seq) == (7, seq + 1)


def test_removing_a_row_and_counting_anew_shows(db: Database) -> None:
    with db.writing() as session:
        session.execute(delete(AuditRow).where(AuditRow.application_id == 7, AuditRow.seq == 2))
        session.execute(update(AuditRow).where(AuditRow.application_id == 7, AuditRow.seq == 3).values(seq=2))
    assert [row.seq for row in check(db).broken] == [2]


def test_a_row_forged_under_another_key_shows(db: Database) -> None:
    with db.writing() as session:
        session.info["audit_key"] = STRANGE_KEY
        record(session, 8, "support:1", "step", NOON)
    assert [(row.application_id, row.seq) for row in check(db).broken] == [(8, 2)]


def test_cutting_off_the_end_shows_in_the_count_alone(db: Database) -> None:
    with db.writing() as session:
        session.execute(delete(AuditRow).where(AuditRow.application_id == 7, AuditRow.seq == 3))
    assert check(db) == Verified(rows=5, chains=3, broken=())


def test_a_chain_goes_on_when_the_secret_key_rotates(db: Database) -> None:
    with db.writing() as session:
        session.info["audit_key"] = NEXT_KEY
        record(session, 7, "candidate:1", "step", NOON)
    assert check(db, NEXT_KEY, KEY).broken == ()
    assert [row.seq for row in check(db, NEXT_KEY).broken if row.application_id == 7] == [1]


@pytest.mark.parametrize("application", [7, None])
def test_two_rows_cannot_have_the_same_place(db: Database, application: int | None) -> None:
    with pytest.raises(IntegrityError), db.writing() as session:
        session.add(AuditRow(application_id=application, seq=1, at=NOON, actor="", action="", detail="", mac=""))


def test_a_row_is_recorded_with_its_transaction_or_not_at_all(db: Database) -> None:
    def fail_after_recording() -> None:
        with db.writing() as session:
            record(session, 7, "candidate:1", "step", NOON)
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_recording()
    assert check(db).rows == 6


def test_the_same_moment_elsewhere_is_the_same_moment(db: Database) -> None:
    with db.writing() as session:
        record(session, 8, "candidate:1", "step", NOON.astimezone(SHANGHAI))
    assert check(db).broken == ()


def test_a_chain_is_verified_without_a_database() -> None:
    rows = [AuditRow(application_id=1, seq=n, at=NOON, actor="a", action="b", detail="") for n in (1, 2)]
    rows[0].mac = link("", rows[0].content(), KEY)
    rows[1].mac = link(rows[0].mac, rows[1].content(), KEY)
    assert verify(rows, [KEY]) is None
    assert verify(rows[::-1], [KEY]) is rows[1]
    assert verify(rows[1:], [KEY]) is rows[1]
