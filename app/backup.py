"""What `flask backup` does: one consistent archive of the database and its pictures, while people work.

The database first, the pictures second: a picture is stored before the row that names it, and nothing is deleted while
the store is held, so every picture is there that the copy's rows speak of.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.application.model import Application
from app.base import archive, files, sqlite
from app.base.archive import ArchiveWriter
from app.base.database import Database
from app.base.json_values import JsonObject
from app.base.sealed_stream import ByteSink
from app.base.steps import Stop
from app.base.store import NoBlob, Store
from app.config import Settings
from app.dependencies import Dependencies, blob_names
from app.identity.model import Candidate

FORMAT = 1
COPY = "database"
SIDE = f"backup{files.PART}"
Tell = Callable[[str, int, int], None]


class BackupStopped(Exception):
    """SIGTERM or Ctrl-C."""


class NoCopy(Exception):
    """This database cannot be copied from here."""


@dataclass(frozen=True)
class Held:
    """What is in a backup: how many people and applications, the pictures that their rows speak of, and those of them
    that were lost before."""

    candidates: int
    applications: int
    pictures: int
    lost: tuple[str, ...]


@dataclass(frozen=True)
class Contents:
    """What the rows of a copy speak of."""

    candidates: int
    applications: int
    names: frozenset[str]


def back_up(parts: Dependencies, out: ByteSink, now: datetime, stop: Stop, tell: Tell) -> Held:
    """Write the archive; `now` is the moment before everything in it.

    Raises Unavailable, OSError (of `out`, or of the disk of DATA_DIR), NoCopy and BackupStopped.
    """
    live = parts.db.file
    if live is None:
        raise NoCopy(
            "only SQLite is copied by this command; for another database use its own tools, then copy STORE_URL"
        )
    with parts.store.hold(), side_folder(parts.settings.data_dir / SIDE) as folder:
        copied = folder / COPY
        _copy(live, copied, stop, tell)
        counted = _counted(copied)
        with archive.writing(out, parts.settings.sealing_keys) as writer:
            writer.add_facts(archive.ABOUT, about(parts.settings, counted, now))
            with copied.open("rb") as file:
                writer.add_file(archive.DATABASE, file, copied.stat().st_size)
            lost = _add_blobs(writer, parts.store, sorted(counted.names), stop, tell)
            writer.add_facts(archive.END, {"pictures": len(counted.names) - len(lost), "lost": lost})
    return Held(counted.candidates, counted.applications, len(counted.names) - len(lost), tuple(lost))


def about(settings: Settings, counted: Contents, now: datetime) -> JsonObject:
    """What an archive says of itself: of the settings only their names."""
    return {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "candidates": counted.candidates,
        "applications": counted.applications,
        "pictures": len(counted.names),
        "keys": list(settings.sealing_keys),
        "settings": sorted(name.upper() for name in settings.model_fields_set),
    }


@contextmanager
def side_folder(folder: Path) -> Iterator[Path]:
    """An empty folder for this user alone, which is gone afterwards; what an earlier end left there goes now."""
    shutil.rmtree(folder, ignore_errors=True)
    files.make_folder(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def count(session: Session) -> Contents:
    """What the rows of a database speak of."""
    candidates, applications = (
        session.scalar(select(func.count()).select_from(table)) or 0 for table in (Candidate, Application)
    )
    return Contents(candidates, applications, frozenset(blob_names(session)))


def _copy(live: Path, copied: Path, stop: Stop, tell: Tell) -> None:
    with open(copied, "xb", opener=files.private):
        pass

    def pages(done: int, total: int) -> None:
        if stop.told:
            raise BackupStopped
        tell("pages of the database", done, total)

    sqlite.copy(live, copied, pages)


def _counted(copied: Path) -> Contents:
    db = Database(f"sqlite:///{copied}")
    try:
        with db.reading() as session:
            return count(session)
    finally:
        db.engine.dispose()
        sqlite.settle(copied)


def _add_blobs(writer: ArchiveWriter, store: Store, names: list[str], stop: Stop, tell: Tell) -> list[str]:
    """Add every blob; returns the names of those that are not there."""
    lost = []
    for done, name in enumerate(names):
        if stop.told:
            raise BackupStopped
        tell("pictures", done, len(names))
        try:
            writer.add(archive.BLOBS + name, store.sealed(name))
        except NoBlob:
            lost.append(name)
    return lost
