"""The database: typed models, one short transaction at a time, times in UTC.

Nothing may wait (network, disk, a worker) inside `writing()`: under eventlet a greenlet that yields while it holds
SQLite's write lock freezes everybody. A second transaction that begins on the same thread meanwhile is proof of that,
so it fails loudly.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import alembic.command
import alembic.config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, DateTime, Dialect, MetaData, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

MIGRATIONS = Path(__file__).with_name("migrations")
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored as naive UTC so that every database compares it alike."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value and value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """All tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Moment}  # noqa: RUF012 — SQLAlchemy's own declaration


class YieldedInsideTransaction(RuntimeError):
    """Something waited while it held the write lock; see the module's text."""


class Database:
    """One engine. Every session starts with `info`; each of `after_commit` gets it once a transaction is durable."""

    def __init__(self, url: str, info: dict[Any, Any] | None = None) -> None:
        self.url = make_url(url)
        self.engine = create_engine(self.url, pool_size=20, max_overflow=20, hide_parameters=True)
        self._info = info or {}
        self.after_commit: list[Callable[[dict[Any, Any]], None]] = []
        self._writing: set[int] = set()
        self._turn: AbstractContextManager[object] = nullcontext()
        if self.url.get_backend_name() == "sqlite":
            self._turn = threading.Lock()  # in a crowd, SQLite's own waiting starves some until they fail
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A consistent look that changes nothing."""
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One short transaction: committed at the end, rolled back on any error."""
        thread = threading.get_native_id()
        if thread in self._writing:
            raise YieldedInsideTransaction("a transaction waited, or was nested")
        with self._turn:
            self._writing.add(thread)
            try:
                with Session(self.engine, expire_on_commit=False, info=dict(self._info)) as session:
                    session.connection(execution_options={"writing": True})
                    yield session
                    session.commit()
            finally:
                self._writing.discard(thread)
        for follow in self.after_commit:
            follow(session.info)

    def upgrade(self, to: str = "head") -> None:
        """Bring the tables to the newest migration, or to an earlier one."""
        alembic.command.upgrade(self._migrations(), to)

    def is_current(self) -> bool:
        """Whether the tables are at the newest migration."""
        newest = ScriptDirectory.from_config(self._migrations()).get_current_head()
        with self.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() == newest

    def _migrations(self) -> alembic.config.Config:
        config = alembic.config.Config(attributes={"engine": self.engine})
        config.set_main_option("script_location", str(MIGRATIONS))
        return config


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
