"""Deleting what an application no longer refers to, without ever meeting a picture that is just being stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy.orm import Session

from app.base.clock import SystemClock
from app.base.db import Database
from app.base.store import Store
from app.base.turns import Turns

Names = Callable[[Session, int | None], set[str]]


def turn_of(application_id: int) -> str:
    """The name under which an application's pictures take turns to be stored and deleted."""
    return f"pictures of {application_id}"


def drop(session: Session, application_id: int, names: Iterable[str]) -> None:
    """Let these blobs go once the transaction is durable; what a crash leaves, `flask sweep` finds."""
    session.info.setdefault("dropped_blobs", {}).setdefault(application_id, set()).update(names)


class Dropper:
    """Follows a commit: deletes the blobs that it dropped, unless a row names them again, or another process has just
    stored the same bytes once more (a turn is known to this process alone).

    `names` gives every blob that the rows of an application (None: of all) refer to, in whatever table.
    """

    def __init__(self, db: Database, store: Store, turns: Turns, names: Names) -> None:
        self._db, self._store, self._turns, self._names = db, store, turns, names
        self._clock = SystemClock()  # that of the files

    def __call__(self, info: dict[Any, Any]) -> None:
        moment = self._clock.now()
        for application_id, dropped in info.get("dropped_blobs", {}).items():
            with self._turns.of(turn_of(application_id)):
                with self._db.reading() as db:
                    kept = self._names(db, application_id)
                for name in dropped - kept:
                    self._store.delete(name, before=moment)
