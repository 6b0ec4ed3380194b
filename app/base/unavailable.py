"""Temporary failures of the server: a full or missing disk, a locked database.

They never count against the person (no attempt is used up); `app/http/errors.py` turns them into a page or JSON.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
OURS = (*FULL, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EACCES, errno.EPERM)


class Unavailable(Exception):
    """A temporary failure; `full`: the disk is full; `retry_after` is in seconds."""

    retry_after = 5

    def __init__(self, message: str, full: bool = False) -> None:
        super().__init__(message)
        self.full = full


class StoreFailed(Unavailable):
    """The disk of the pictures or of unfinished uploads fails."""


class DatabaseFailed(Unavailable):
    """The database cannot be read or written: its disk is full or broken, or its server does not answer."""


class DatabaseBusy(Unavailable):
    """The database was locked for longer than a request may wait."""

    retry_after = 2


def failure_of(error: OSError) -> StoreFailed | None:
    """The StoreFailed for an error of this machine (OURS); None for others, e.g. a peer that closed the connection."""
    if error.errno not in OURS:
        return None
    return StoreFailed(f"{type(error).__name__}: {error.strerror}", error.errno in FULL)


@contextmanager
def store_failures() -> Iterator[None]:
    """Raise any OSError inside as StoreFailed. Used around whole calls of a port, since a broken picture or connection
    raises OSError too and must not be mistaken for the disk."""
    try:
        yield
    except OSError as error:
        raise StoreFailed(f"{type(error).__name__}: {error.strerror}", error.errno in FULL) from error
