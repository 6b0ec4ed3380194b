"""Deleting what an application no longer refers to, without ever meeting a picture that is just being stored."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from app.base.clock import SystemClock
from app.base.database import Database, Info
from app.base.keyed_locks import KeyedLocks
from app.base.seal import Damaged, UnknownKey
from app.base.store import NoBlob, Store
from app.base.unavailable import StoreFailed, Unavailable

log = logging.getLogger(__name__)
Names = Callable[[Session, int | None], set[str]]


def turn_of(application_id: int) -> str:
    """The name under which an application's pictures take turns to be stored and deleted."""
    return f"pictures of {application_id}"


def drop(session: Session, application_id: int, names: Iterable[str]) -> None:
    """Let these blobs go once the transaction is durable; what a crash leaves, `flask sweep` finds."""
    session.info.setdefault("dropped_blobs", {}).setdefault(application_id, set()).update(names)


def unreadable(store: Store, names: Iterable[str]) -> list[str]:
    """Those of these blobs that are gone or damaged. Reads the disk, so never inside a transaction.

    Raises StoreFailed when the disk does not answer, or a key is missing: that mends without the person.
    """
    found = []
    for name in sorted(names):
        try:
            store.get(name)
        except (NoBlob, Damaged) as error:
            log.error("blob %s cannot be read back: %s", name, type(error).__name__)
            found.append(name)
        except UnknownKey as error:
            raise StoreFailed(f"blob {name} is sealed under a key that is not in STORE_KEYS") from error
    return found


class Dropper:
    """Follows a commit: deletes the blobs that it dropped, unless a row names them again, or another process has just
    stored the same bytes once more (a turn is known to this process alone). What it cannot delete now is an orphan for
    `flask sweep`; what was committed stays done.

    `names` gives every blob that the rows of an application (None: of all) refer to, in whatever table.
    """

    def __init__(self, db: Database, store: Store, turns: KeyedLocks, names: Names) -> None:
        self._db, self._store, self._turns, self._names = db, store, turns, names
        self._clock = SystemClock()  # that of the files

    def __call__(self, info: Info) -> None:
        moment = self._clock.now()
        for application_id, dropped in info.get("dropped_blobs", {}).items():
            try:
                self._delete(application_id, dropped, moment)
            except Unavailable as error:
                log.warning("pictures of application %d stay for `flask sweep`: %s", application_id, error)

    def _delete(self, application_id: int, dropped: set[str], moment: datetime) -> None:
        with self._turns.of(turn_of(application_id)):
            with self._db.reading() as db:
                kept = self._names(db, application_id)
            for name in dropped - kept:
                self._store.delete(name, before=moment)
