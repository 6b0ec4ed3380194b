"""The database: typed models, one short transaction at a time, times in UTC.

Nothing may wait (network, disk, a worker) inside `writing()`: under eventlet a greenlet that yields while it holds
SQLite's write lock freezes everybody. A second transaction that begins on the same thread meanwhile is proof of that,
so it fails loudly. Waiting for the lock, before there is a transaction, is something else: everybody else goes on.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, CursorResult, DateTime, Dialect, MetaData, Update, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from app.base import files, sqlite
from app.base.database_errors import failures
from app.base.unavailable import DatabaseBusy, store_failures

PATIENCE = 2.5  # seconds; whoever waits longer for the database is told to come back, within three in all
SERVER_PATIENCE = 30.0  # seconds for one of the connections to a database server
log = logging.getLogger(__name__)
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


Info = dict[Any, Any]  # SQLAlchemy's own type of what a session carries along


class Database:
    """One engine. Every session starts with `info`; each of `after_commit` gets it once a transaction is durable.

    Sessions raise DatabaseBusy when others held the database for `patience` seconds, DatabaseFailed when it is full,
    broken or gone; whatever else the database says is a defect and passes as it is.
    """

    def __init__(self, url: str, info: Info | None = None, patience: float = PATIENCE) -> None:
        self.url = make_url(url)
        self._info, self._patience, self._writing = info or {}, patience, set[int]()
        self.after_commit: list[Callable[[Info], None]] = []
        self._local = threading.local()
        self._turn: threading.Lock | None = None
        ours = self.url.get_backend_name() == "sqlite"
        self.engine = create_engine(
            self.url,
            pool_size=20,
            max_overflow=20,
            hide_parameters=True,
            pool_timeout=patience if ours else SERVER_PATIENCE,
        )
        if ours:
            self._turn = threading.Lock()  # in a crowd, SQLite's own waiting starves some until they fail
            event.listen(self.engine, "connect", self._prepare_sqlite)
            event.listen(self.engine, "begin", self._begin_sqlite)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A consistent look that changes nothing."""
        with failures(), self._deadline(self._patience), Session(self.engine) as session:
            yield session

    @contextmanager
    def workbench(self) -> Iterator[Connection]:
        """A connection of one's own, gone afterwards with its TEMP tables: filling them locks nobody out, and what is
        done with them at last is done `writing(on=…)`. Commit often: an old look keeps SQLite's log from being cut."""
        with failures(), self.engine.connect() as connection:
            connection.detach()
            if self._turn:
                sqlite.widen(connection)
            yield connection

    @contextmanager
    def writing(self, patience: float | None = None, on: Connection | None = None) -> Iterator[Session]:
        """One short transaction: committed at the end, rolled back on any error. It waits for its turn and for the
        write lock, `patience` seconds in all. `on`: a connection of one's own."""
        thread = threading.get_native_id()
        if thread in self._writing:
            raise YieldedInsideTransaction("a transaction waited, or was nested")
        with failures(), self._deadline(self._patience if patience is None else patience), self._its_turn():
            try:
                if on is not None:
                    on.commit()  # whatever it looked at before
                with Session(on or self.engine, expire_on_commit=False, info=dict(self._info)) as session:
                    session.connection(execution_options={"writing": True})
                    self._writing.add(thread)
                    yield session
                    session.commit()
            finally:
                self._writing.discard(thread)
                if on is not None:
                    on.execution_options(writing=False)
        self._follow(session.info)

    def check(self) -> None:
        """Whether it can be read now, and its disk takes a file; raises DatabaseBusy, DatabaseFailed, StoreFailed."""
        with self.reading() as session:
            session.execute(text("SELECT 1"))
        if self.file:
            with store_failures():
                files.probe(self.file.parent)

    def upgrade(self, to: str = "head") -> None:
        """Bring the tables to the newest migration, or to an earlier one."""
        from app.base import schema

        schema.upgrade(self.engine, to)

    def is_current(self) -> bool:
        """Whether the tables are at the newest migration."""
        from app.base import schema

        return schema.is_current(self.engine)

    def is_known(self) -> bool:
        """Whether this version of the product knows the tables: they are its own, or older."""
        from app.base import schema

        return schema.is_known(self.engine)

    @property
    def file(self) -> Path | None:
        """SQLite's file; None where there is none."""
        name = self.url.database if self._turn else None
        return Path(name) if name and name != ":memory:" else None

    @contextmanager
    def _deadline(self, patience: float) -> Iterator[None]:
        """One for everything that has to be waited for in here. Inside a transaction nothing may wait: it is now."""
        before = getattr(self._local, "until", None)
        inside = threading.get_native_id() in self._writing
        self._local.until = time.monotonic() + (0 if inside else patience)
        try:
            yield
        finally:
            self._local.until = before

    def _until(self) -> float:
        return getattr(self._local, "until", None) or time.monotonic() + self._patience

    @contextmanager
    def _its_turn(self) -> Iterator[None]:
        """Of this process's writers one at a time, where the database wants it."""
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=max(0.001, self._until() - time.monotonic())):
            raise DatabaseBusy("others in this process were writing")
        try:
            yield
        finally:
            self._turn.release()

    def _follow(self, info: Info) -> None:
        """What is committed is done, whatever becomes of what follows it."""
        for follow in self.after_commit:
            try:
                follow(info)
            except Exception:
                log.exception("what follows a commit failed")

    def _prepare_sqlite(self, connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
        sqlite.prepare(connection, self._until())

    def _begin_sqlite(self, connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        begin = sqlite.begin_writing if writing else sqlite.begin_reading
        begin(connection.connection.dbapi_connection, self._until())  # type: ignore[arg-type]


def updated_one_row(session: Session, change: Update) -> bool:
    """Whether this transaction was the one that made the change; at most one row can have it."""
    result = cast("CursorResult[Any]", session.execute(change.execution_options(synchronize_session="fetch")))
    return result.rowcount == 1
