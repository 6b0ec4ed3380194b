"""SQLite under eventlet: wait for a locked file without blocking other greenlets.

SQLite's busy_timeout sleeps inside C, where no other greenlet runs. It is set to 0, and the waiting is done here, in
small steps that let others run, up to a deadline.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from app.base.unavailable import DatabaseBusy, DatabaseFailed, Unavailable

Answer = TypeVar("Answer")
Error = sqlite3.Error
PRAGMAS = ("busy_timeout=0", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
LOOK = "SELECT 1 FROM sqlite_master LIMIT 1"  # the first read takes the read lock; BEGIN takes none
STEPS = (0.002, 0.005, 0.01, 0.02, 0.05)  # seconds between tries; the last one again and again
HELD = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL)
COPY_PATIENCE = 10.0  # seconds until a copy may begin
COPY_PAGES = 2_000  # at a time: 8 MB
FULL = (sqlite3.SQLITE_FULL,)
FAILED = (*FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM)


def code_of(error: BaseException | None) -> int:
    """SQLite's primary result code; 0 for anything else."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def failure_of(error: BaseException | None) -> Unavailable | None:
    """The failure to raise for an error of SQLite; None for a programming error."""
    code = code_of(error)
    if code in HELD:
        return DatabaseBusy("somebody else holds the database")
    return DatabaseFailed(str(error), code in FULL) if code in FAILED else None


def prepare(connection: sqlite3.Connection, until: float) -> None:
    """Set up a new connection. Raises DatabaseBusy when the file is locked until then."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        patiently(lambda pragma=pragma: connection.execute(f"PRAGMA {pragma}"), until)  # type: ignore[misc]


def begin_writing(connection: sqlite3.Connection, until: float) -> None:
    """Take the write lock. Raises DatabaseBusy after `until`."""
    patiently(lambda: connection.execute("BEGIN IMMEDIATE"), until)


def begin_reading(connection: sqlite3.Connection, until: float) -> None:
    """Take a read lock. Raises DatabaseBusy after `until`."""
    patiently(lambda: _look(connection), until)


def _look(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    try:
        connection.execute(LOOK).fetchone()
    except sqlite3.Error:
        connection.rollback()
        raise


def copy(source: Path, into: Path, tell: Callable[[int, int], None]) -> None:
    """What the database is now, into an empty file, while others read and write; `tell` hears pages done and in all.

    One read transaction holds the moment: without it SQLite would begin anew at every change of another process.
    """
    with closing(sqlite3.connect(source, isolation_level=None)) as reader, closing(sqlite3.connect(into)) as copied:
        reader.execute("PRAGMA query_only=ON")
        patiently(lambda: _look(reader), time.monotonic() + COPY_PATIENCE)
        reader.backup(copied, pages=COPY_PAGES, progress=lambda _status, left, total: tell(total - left, total))
    settle(into)


def widen(connection: Connection) -> None:
    """Room for a connection that works long with tables of its own: 32 MB of pages each for the file and for them."""
    connection.exec_driver_sql("PRAGMA cache_size=-32768")  # KB
    connection.exec_driver_sql("PRAGMA temp.cache_size=-32768")
    connection.commit()


def settle(file: Path) -> None:
    """Everything of a database that nobody has open is in its one file."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def patiently(act: Callable[[], Answer], until: float) -> Answer:
    """Repeat `act` while the file is locked. Raises DatabaseBusy after `until` (time.monotonic())."""
    for tries in range(1 << 20):
        try:
            return act()
        except sqlite3.OperationalError as error:
            if code_of(error) not in HELD:
                raise
        left = until - time.monotonic()
        if left <= 0:
            break
        time.sleep(min(STEPS[min(tries, len(STEPS) - 1)], left))
    raise DatabaseBusy("somebody else holds the database")
