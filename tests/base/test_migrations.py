"""The migrations make the tables that the models describe, and keep what is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

import app.dependencies  # noqa: F401 — brings every table along
from app.base.database import Base, Database
from app.documents.model import Document
from app.documents.queries import documents_of
from app.identity.model import Staff
from app.pairing.model import Pairing
from tests import people

AT_0002 = (
    "INSERT INTO candidate SELECT 1, '010126000001', 'h', '陈思远', '女', '', '', '', '1999-04-12', '', '', '', '', '',"
    " '', '', '', '', '', '', '', '', '', '', '', ''",
    "INSERT INTO application (id, tag, candidate_id, status, version, language, applied_at, status_since)"
    " VALUES (1, 't1', 1, 'CAPTURE', 3, 'zh', '2026-11-01', '2026-11-01')",
    "INSERT INTO pairing (application_id, state, created_at, alone, online, uploads)"
    " VALUES (1, 'issued', '2026-11-01', 0, 0, 0)",
)

AT_0005 = (
    AT_0002[0],
    "INSERT INTO application (id, tag, candidate_id, status, version, language, applied_at, status_since, major,"
    " building_school, course_group, host_school, batch, place, phone, register_tries)"
    " VALUES (1, 't1', 1, 'CAPTURE', 3, 'zh', '2026-11-01', '2026-11-01', '', '', '', '', '', '', '', 0)",
    "INSERT INTO document (application_id, slot, source, sha256, bytes, width, height, received_at, original, preview)"
    " VALUES (1, 'front', 'desk', 'a', 1, 1, 1, '2024-11-01', NULL, NULL),"
    " (1, 'back', 'desk', 'b', 1, 1, 1, '2024-11-01', 'o', 'p')",
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path}/empty.db")
    yield made
    made.engine.dispose()


def test_an_empty_database_becomes_what_the_models_say(db: Database) -> None:
    assert not db.is_current()
    db.upgrade()
    assert db.is_current()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_partial_indexes_are_there_too(db: Database) -> None:
    db.upgrade()
    tables = ("application", "pairing", "document", "capture")
    partial = {
        index["name"]: str(index["dialect_options"].get("sqlite_where"))
        for table in tables
        for index in inspect(db.engine).get_indexes(table)
        if index["unique"]
    }
    assert partial == {
        "uq_application_live": "closed_at IS NULL",
        "uq_pairing_live": "ended_at IS NULL",
        "uq_document_live": "ended_at IS NULL",
        "uq_capture_draft": "ended_at IS NULL",
    }


def test_upgrading_again_keeps_what_is_there(db: Database) -> None:
    db.upgrade()
    with db.writing() as session:
        session.add(people.support(login_name="kept"))
    db.upgrade()
    with db.reading() as session:
        assert session.query(Staff).one().login_name == "kept"


def test_sqlite_is_set_up_to_lose_nothing(db: Database) -> None:
    with db.engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys")
        assert [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked] == ["wal", 2, 1]


def test_an_application_with_its_pairings_survives_the_remaking_of_its_table(db: Database, tmp_path: Path) -> None:
    db.upgrade("0002")
    with db.engine.begin() as connection:
        for statement in AT_0002:
            connection.exec_driver_sql(statement)
    db.upgrade()
    with db.reading() as session:
        [kept] = session.query(Pairing)
        assert (kept.application.tag, kept.application.office_id, kept.subject) == ("t1", None, "portrait")


def test_pictures_that_were_deleted_long_ago_count_no_more(db: Database) -> None:
    db.upgrade("0005")
    with db.engine.begin() as connection:
        for statement in AT_0005:
            connection.exec_driver_sql(statement)
    db.upgrade()
    with db.reading() as session:
        gone, there = session.query(Document).order_by(Document.id)
        assert (gone.end_reason, there.end_reason, there.ended_at) == ("retention", None, None)
        assert gone.ended_at
        assert gone.ended_at > gone.received_at
        assert [each.id for each in documents_of(session, 1)] == [there.id]
