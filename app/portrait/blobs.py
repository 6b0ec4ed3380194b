"""Deleting what an application no longer refers to, without ever meeting a picture that is just being stored."""

from __future__ import annotations

from typing import Any

from app.base.db import Database
from app.base.store import Store
from app.base.turns import Turns
from app.portrait.queries import blob_names


def turn_of(application_id: int) -> str:
    """The name under which an application's pictures take turns to be stored and deleted."""
    return f"pictures of {application_id}"


class Dropper:
    """Follows a commit: deletes the blobs that it dropped, unless a row names them again."""

    def __init__(self, db: Database, store: Store, turns: Turns) -> None:
        self._db, self._store, self._turns = db, store, turns

    def __call__(self, info: dict[Any, Any]) -> None:
        for application_id, names in info.get("dropped_blobs", {}).items():
            with self._turns.of(turn_of(application_id)):
                with self._db.reading() as db:
                    kept = blob_names(db, application_id)
                for name in names - kept:
                    self._store.delete(name)
