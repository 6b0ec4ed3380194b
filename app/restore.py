"""What `flask restore` does: prove an archive, and put it where there is nothing yet."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from app.backup import FORMAT, Contents, Tell, count, side_folder
from app.base import archive, files, sqlite
from app.base.archive import Entry
from app.base.audit import Verified, audit_key, verify_all
from app.base.clock import SystemClock
from app.base.database import Database
from app.base.json_values import Json, JsonObject
from app.base.seal import Damaged, Sealer, UnknownKey
from app.base.sealed_stream import ByteSource
from app.base.store import folder_of
from app.base.unpacked import UnpackedBlobs
from app.config import Settings
from app.dependencies import make_database
from app.watch.actions import note_restore

SIDE = f"restore{files.PART}"
COPY_BUFFER = 1 << 20
Keep = Callable[[str, bytes], None]


class CannotRestore(Exception):
    """Nothing was changed; the text says why, and what to do."""


@dataclass
class ArchiveContent:
    """What an archive holds, once every byte of it is proved. `bad`: blobs that do not open, with the reason."""

    about: JsonObject
    counted: Contents
    audit: Verified
    seen: set[str] = field(default_factory=set)
    bad: dict[str, str] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    @property
    def made_at(self) -> datetime:
        """The moment that it holds."""
        return datetime.fromisoformat(str(self.about["made_at"])).astimezone(UTC)

    @property
    def missing(self) -> list[str]:
        """Pictures that rows speak of and that are not in it; those that were `lost` before it was made, too."""
        return sorted(self.counted.names - self.seen)

    @property
    def is_sound(self) -> bool:
        """Every row has its picture, every picture opens, the audit is whole."""
        return not (self.missing or self.bad or self.audit.broken)


def examine(
    source: ByteSource, settings: Settings, folder: Path, keep: Keep, tell: Tell
) -> tuple[ArchiveContent, Path]:
    """Read it to the end. The database goes into `folder`, brought to this version; `keep` gets every blob.

    Raises NotSealed, UnknownKey, Damaged, CannotRestore, OSError.
    """
    entries = archive.entries(source, settings.sealing_keys)
    facts = _next(entries, archive.ABOUT).facts()
    if facts.get("format") != FORMAT:
        raise CannotRestore(
            f"it has format {facts.get('format')}, and this version knows {FORMAT}: install a newer one"
        )
    copied = folder / archive.DATABASE
    _unpack(_next(entries, archive.DATABASE), copied)
    found = ArchiveContent(facts, *_look(copied, settings))
    _blobs(entries, found, Sealer(settings.sealing_keys), keep, tell)
    return found, copied


def restore(source: ByteSource, settings: Settings, tell: Tell) -> ArchiveContent:
    """Put everything into DATA_DIR and STORE_URL, where nothing may be yet. The database comes last: once it is there,
    all is. Raises like `examine`."""
    target = target_of(settings)
    blobs = UnpackedBlobs(folder_of(settings.store))
    _refuse_what_is_there(target, blobs)
    with _turn(target.parent), side_folder(target.parent / SIDE) as folder:
        blobs.begin()
        found, copied = examine(source, settings, folder, blobs.add, tell)
        _note(copied, settings, found.made_at)
        os.sync()
        blobs.move_in()
        os.rename(copied, target)
        files.sync(target.parent)
        blobs.end()
    return found


def target_of(settings: Settings) -> Path:
    """The file of the database. Raises CannotRestore."""
    file = make_database(settings).file
    if file is None:
        raise CannotRestore("only SQLite is restored by this command: leave DATABASE_URL out, or use sqlite:///")
    return file


def settings_missing(found: ArchiveContent, settings: Settings) -> list[str]:
    """Settings that were given where the backup was made, and are not given here."""
    named = found.about.get("settings")
    there = {str(name) for name in named} if isinstance(named, list) else set()
    return sorted(there - {name.upper() for name in settings.model_fields_set})


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    files.make_folder(folder)
    with files.held(folder, 0) as held:
        if not held:
            raise CannotRestore("another restore is under way")
        yield


def _refuse_what_is_there(target: Path, blobs: UnpackedBlobs) -> None:
    """Never overwrite. A write-ahead log beside a database that is gone would be played into the new one."""
    there = [path for path in (target, *(Path(f"{target}-{end}") for end in ("wal", "shm"))) if path.exists()]
    if there:
        raise CannotRestore(f"{there[0]} is there already. Move it away, or give another DATA_DIR")
    if blobs.holds_others():
        raise CannotRestore("the store holds pictures already. Move them away, or give another DATA_DIR or STORE_URL")


def _next(entries: Iterator[Entry], name: str) -> Entry:
    entry = next(entries, None)
    if entry is None or entry.name != name:
        raise Damaged(f"{name} is not where it belongs")
    return entry


def _unpack(entry: Entry, into: Path) -> None:
    with open(into, "xb", opener=files.private) as file:
        shutil.copyfileobj(entry.body, file, COPY_BUFFER)


def _look(copied: Path, settings: Settings) -> tuple[Contents, Verified]:
    """Bring the copy to this version, count its rows and verify its audit."""
    with _opened(copied, settings) as db:
        if not db.is_known():
            raise CannotRestore("it was made by a newer version: install that one (git pull, make install)")
        db.upgrade()
        with db.reading() as session:
            return count(session), verify_all(session, [audit_key(key) for key in settings.secret_keys])


def _note(copied: Path, settings: Settings, made_at: datetime) -> None:
    with _opened(copied, settings) as db, db.writing() as session:
        note_restore(session, made_at, SystemClock().now())


@contextmanager
def _opened(copied: Path, settings: Settings) -> Iterator[Database]:
    db = make_database(settings.model_copy(update={"database_url": f"sqlite:///{copied.absolute()}"}))
    try:
        yield db
    finally:
        db.engine.dispose()
        sqlite.settle(copied)


def _blobs(entries: Iterator[Entry], found: ArchiveContent, sealer: Sealer, keep: Keep, tell: Tell) -> None:
    """Open every blob, and compare what the end says. Raises Damaged."""
    end: JsonObject | None = None
    for entry in entries:
        if entry.name.startswith(archive.BLOBS) and end is None:
            name, sealed = entry.name.removeprefix(archive.BLOBS), entry.body.read()
            tell("pictures", len(found.seen), len(found.counted.names))
            _open(sealer, name, sealed, found)
            keep(name, sealed)
            found.seen.add(name)
        else:
            end = _end(entry)
    if end is None or end.get("pictures") != len(found.seen):
        raise Damaged("the pictures are not as many as its end says")
    found.lost = _texts(end.get("lost"))


def _end(entry: Entry) -> JsonObject:
    if entry.name != archive.END:
        raise Damaged(f"{entry.name} is not where it belongs")
    return entry.facts()


def _open(sealer: Sealer, name: str, sealed: bytes, found: ArchiveContent) -> None:
    try:
        sealer.open(name, sealed)
    except Damaged:
        found.bad[name] = "damaged"
    except UnknownKey as key:
        found.bad[name] = f"locked ({key})"


def _texts(value: Json) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []
