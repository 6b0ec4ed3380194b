"""The migrations make the tables that the models describe, and keep what is there."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

import app.parts  # noqa: F401 — brings every table along
from app.base.db import Base, Database
from tests import people


@pytest.fixture
def db(tmp_path):
    made = Database(f"sqlite:///{tmp_path}/empty.db")
    yield made
    made.engine.dispose()


def test_an_empty_database_becomes_what_the_models_say(db):
    assert not db.is_current()
    db.upgrade()
    assert db.is_current()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_partial_indexes_are_there_too(db):
    db.upgrade()
    partial = {index["name"]: str(index["dialect_options"].get("sqlite_where")) for table in ("pairing", "capture")
               for index in inspect(db.engine).get_indexes(table) if index["unique"]}  # fmt: skip
    assert partial == {"uq_pairing_live": "ended_at IS NULL", "uq_capture_draft": "ended_at IS NULL"}


def test_upgrading_again_keeps_what_is_there(db):
    db.upgrade()
    with db.writing() as session:
        session.add(people.support(login_name="kept"))
    db.upgrade()
    with db.reading() as session:
        assert session.query(people.Staff).one().login_name == "kept"


def test_sqlite_is_set_up_to_lose_nothing(db):
    with db.engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys")
        assert [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked] == ["wal", 2, 1]
