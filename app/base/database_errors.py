"""Errors of databases and drivers, translated into our own types."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.base import sqlite
from app.base.unavailable import DatabaseBusy, DatabaseFailed, Unavailable

DISK_FULL = "53100"  # PostgreSQL's code


@contextmanager
def failures() -> Iterator[None]:
    """Raise temporary failures as DatabaseBusy or DatabaseFailed; programming errors pass unchanged."""
    try:
        yield
    except PoolTimeout as error:
        raise DatabaseBusy("all connections are in use") from error
    except (DBAPIError, sqlite.Error) as error:
        if found := _failure_of(error):
            raise found from error
        raise


def _failure_of(error: DBAPIError | sqlite.Error) -> Unavailable | None:
    """The failure to raise; None for a programming error."""
    driver = error.orig if isinstance(error, DBAPIError) else error
    if sqlite.code_of(driver):
        return sqlite.failure_of(driver)
    if isinstance(error, OperationalError) or getattr(error, "connection_invalidated", False):
        return DatabaseFailed(type(driver).__name__, getattr(driver, "sqlstate", None) == DISK_FULL)
    return None
