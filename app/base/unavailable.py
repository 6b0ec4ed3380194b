"""What cannot be done now through no fault of the person: a disk is full or gone, the database is held by another.

Each of these passes. Nothing of theirs is spent on it, and `app/http/errors.py` answers it in words.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
OURS = (*FULL, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EACCES, errno.EPERM)


class Unavailable(Exception):
    """Ours, and for a while: `full` when there is no room left; `retry_after` is in seconds."""

    retry_after = 5

    def __init__(self, message: str, full: bool = False) -> None:
        super().__init__(message)
        self.full = full


class StoreFailed(Unavailable):
    """The disk under the pictures, or under unfinished uploads, does not do what it was asked to."""


class DatabaseFailed(Unavailable):
    """The database cannot be read or written now: its disk is full, broken or gone, or it does not answer."""


class DatabaseBusy(Unavailable):
    """Somebody else held the database for longer than anybody should wait."""

    retry_after = 2


def failure_of(error: OSError) -> StoreFailed | None:
    """What the operating system said no to, when that is for reasons of ours; None when somebody else is gone."""
    if error.errno not in OURS:
        return None
    return StoreFailed(f"{type(error).__name__}: {error.strerror}", error.errno in FULL)


@contextmanager
def store_failures() -> Iterator[None]:
    """Whatever the operating system says no to in here is a StoreFailed. It stands around whole calls of a port, so
    that no caller takes our disk for a broken picture or a broken connection: those raise OSError too."""
    try:
        yield
    except OSError as error:
        raise StoreFailed(f"{type(error).__name__}: {error.strerror}", error.errno in FULL) from error
