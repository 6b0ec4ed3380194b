"""`flask backup` and `flask restore`."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO

import click
from flask.cli import with_appcontext

from app.backup import BackupStopped, NoCopy, back_up
from app.backup_words import CommandProgress, CountedSink, CountedSource, numbers, size, told_backup, told_found
from app.base import files, sqlite
from app.base.seal import Damaged, UnknownKey
from app.base.sealed_stream import NotSealed
from app.base.steps import stop_signals
from app.base.unavailable import FULL, Unavailable
from app.config import Settings, load
from app.dependencies import Dependencies
from app.http.provided import provided
from app.restore import ArchiveContent, CannotRestore, examine, restore, settings_missing
from app.watch.actions import note_backup
from app.watch.model import Backup

NAMED, SUFFIX = "zhengzhao-", ".zzb"
STANDARD = "-"
OURS = (Unavailable, NoCopy, CannotRestore, OSError, sqlite.Error)


@click.command("backup")
@click.argument("file")
@click.option("--keep", type=click.IntRange(1), help="Of the backups in this folder keep so many, the newest.")
@with_appcontext
def backup(file: str, keep: int | None) -> None:
    """Make one encrypted archive of the database and its pictures, while people work.

    FILE must not be there yet; `-` is standard output, and a folder gets a file named by the time. It opens with the
    same STORE_KEYS only.
    """
    parts, began, start = provided(Dependencies), provided(Dependencies).clock.now(), time.monotonic()
    into = _target(file, f"{NAMED}{began:%Y%m%dT%H%M%SZ}{SUFFIX}")
    if keep and not Path(file).is_dir():
        raise click.UsageError("--keep goes with a folder")
    with _in_words("no backup was made"), stop_signals() as stop, _written(into) as out:
        counted = CountedSink(out)
        held = back_up(parts, counted, began, stop, CommandProgress("backup"))
    row = Backup(began_at=began, ended_at=parts.clock.now(), bytes=counted.written, **numbers(held))
    with _in_words("the backup is whole, but it could not be noted"), parts.db.writing(patience=60) as session:
        note_backup(session, row)
    gone = _prune(into, keep) if keep and into else 0
    lines = told_backup(str(into or STANDARD), held, counted.written, time.monotonic() - start, gone)
    click.echo("\n".join(lines), err=into is None)


@click.command("restore")
@click.argument("file")
@click.option("--check", is_flag=True, help="Prove it, and change nothing.")
def restore_command(file: str, check: bool) -> None:
    """Put a backup where there is nothing yet: DATA_DIR has no database, and STORE_URL no pictures.

    Needs STORE_KEYS and SECRET_KEY of the server that made it. `-` is standard input. Exits with 1 when pictures are
    missing or damaged or the audit is broken: they are named, and what is there is restored all the same.
    """
    settings, start = load(async_mode="threading"), time.monotonic()
    with _in_words("this backup is not sound" if check else "nothing was restored"), _read(file) as source:
        counted, progress = CountedSource(source), CommandProgress("check" if check else "restore")
        found = (_checked if check else restore)(counted, settings, progress)
    what = "proved" if check else f"restored to {settings.data_dir}"
    lines = told_found(found, settings_missing(found, settings))
    click.echo("\n".join([*lines, f"{size(counted.read_bytes)} {what} in {time.monotonic() - start:.1f} s"]))
    sys.exit(0 if found.is_sound else 1)


def _checked(source: CountedSource, settings: Settings, progress: CommandProgress) -> ArchiveContent:
    with tempfile.TemporaryDirectory(prefix="zhengzhao-check-") as folder:
        return examine(source, settings, Path(folder), lambda _name, _sealed: None, progress)[0]


def _target(file: str, name: str) -> Path | None:
    """Where the archive goes; None: to standard output."""
    if file == STANDARD:
        if sys.stdout.isatty():
            raise click.UsageError("an archive is not for a terminal: lead the output into a file or a program")
        return None
    path = Path(file)
    return path / name if path.is_dir() else path


@contextmanager
def _standard() -> Iterator[BinaryIO]:
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


def _written(path: Path | None) -> AbstractContextManager[BinaryIO]:
    return files.made_whole(path) if path else _standard()


@contextmanager
def _read(file: str) -> Iterator[BinaryIO]:
    if file == STANDARD:
        yield sys.stdin.buffer
    else:
        with open(file, "rb") as source:
            yield source


@contextmanager
def _in_words(outcome: str) -> Iterator[None]:
    """What goes wrong is one line that says what came of it, and why."""
    try:
        yield
    except BackupStopped:
        raise click.ClickException(f"{outcome}: it was stopped") from None
    except NotSealed:
        raise click.ClickException(f"{outcome}: the file is no backup of zhengzhao") from None
    except UnknownKey as key:
        raise click.ClickException(f"{outcome}: {_unknown(str(key))}") from None
    except Damaged as where:
        raise click.ClickException(f"{outcome}: the file is damaged: {where}") from None
    except OURS as error:
        full = isinstance(error, OSError) and error.errno in FULL
        raise click.ClickException(f"{outcome}: {'the disk is full' if full else error}") from None


def _unknown(key: str) -> str:
    if key.startswith("cipher "):
        return f"it is sealed with {key}, which this version does not know: install a newer one, or it was changed"
    return f"it is sealed under {key}, which STORE_KEYS does not hold"


def _prune(made: Path, keep: int) -> int:
    """Remove all but the newest of our backups, and what was interrupted; how many backups that were. The one that was
    just made stays, whatever the clock said when the others were."""
    others = sorted(set(made.parent.glob(f"{NAMED}*{SUFFIX}")) - {made})
    old = others[: max(0, len(others) - keep + 1)]
    for path in (*old, *made.parent.glob(f"{NAMED}*{SUFFIX}{files.PART}")):
        path.unlink(missing_ok=True)
    return len(old)
