"""Delete blobs that an application no longer refers to, without racing with a picture that is being stored."""

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
    """The key of the lock (KeyedLocks) for storing and deleting an application's pictures."""
    return f"pictures of {application_id}"


def drop(session: Session, application_id: int, names: Iterable[str]) -> None:
    """Have these blobs deleted after the commit; what a crash leaves behind, `flask sweep` removes."""
    session.info.setdefault("dropped_blobs", {}).setdefault(application_id, set()).update(names)


def unreadable(store: Store, names: Iterable[str]) -> list[str]:
    """Those of these blobs that are missing or damaged. Reads the disk: not to be called inside a transaction.

    Raises StoreFailed when the disk fails or a key is missing, which the operator can mend.
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
    """Runs after a commit: deletes the dropped blobs, unless a row refers to them again, or another process has just
    stored the same bytes (locks hold within one process only). What it cannot delete is left to `flask sweep`.

    `names` gives every blob that the rows of an application (None: of all) refer to, in whatever table.
    """

    def __init__(self, db: Database, store: Store, turns: KeyedLocks, names: Names) -> None:
        self._db, self._store, self._turns, self._names = db, store, turns, names
        self._clock = SystemClock()  # the time by which the file system dates files

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
