"""What `flask backup` and `flask restore` say."""

from __future__ import annotations

import time
from collections.abc import Iterator

import click

from app.backup import Held
from app.base.clock import in_shanghai
from app.base.sealed_stream import ByteSink, ByteSource
from app.restore import ArchiveContent

SHOWN = 20  # names, at most
UNITS = ("bytes", "KB", "MB", "GB", "TB")


class CountedSink:
    """Counts what is written through it."""

    def __init__(self, inner: ByteSink) -> None:
        self._inner, self.written = inner, 0

    def write(self, body: bytes) -> int:
        """Pass it on."""
        self.written += len(body)
        return self._inner.write(body)


class CountedSource:
    """Counts what is read through it."""

    def __init__(self, inner: ByteSource) -> None:
        self._inner, self.read_bytes = inner, 0

    def read(self, size: int) -> bytes:
        """Pass it on."""
        body = self._inner.read(size)
        self.read_bytes += len(body)
        return body


class CommandProgress:
    """Says how far it is, every few seconds."""

    EVERY = 5  # seconds

    def __init__(self, command: str) -> None:
        self._command, self._said = command, time.monotonic()

    def __call__(self, what: str, done: int, total: int) -> None:
        if time.monotonic() - self._said >= self.EVERY:
            self._said = time.monotonic()
            click.echo(f"{self._command}: {done} of {total} {what}", err=True)


def numbers(held: Held) -> dict[str, int]:
    """The columns of a backup's row."""
    shown = {name: int(getattr(held, name)) for name in ("candidates", "applications", "pictures")}
    return {**shown, "lost": len(held.lost)}


def told_backup(place: str, held: Held, written: int, seconds: float, removed: int) -> Iterator[str]:
    """What a backup holds, and what it could not."""
    yield from _named("lost before this backup, so it is not in it", held.lost)
    content = f"{held.candidates} candidates, {held.applications} applications, {held.pictures} pictures"
    yield f"backup: {place}: {content}, {size(written)} in {seconds:.1f} s"
    if removed:
        yield f"backup: {removed} older ones removed"


def told_found(found: ArchiveContent, unset: list[str]) -> Iterator[str]:
    """What an archive holds, and what is wrong with it."""
    lost = set(found.lost)
    yield from _named("lost before the backup was made", [name for name in found.missing if name in lost])
    yield from _named("missing", [name for name in found.missing if name not in lost])
    yield from _named("does not open", [f"{name}: {reason}" for name, reason in sorted(found.bad.items())])
    yield from _named(
        "audit broken", [f"application {row.application_id}, row {row.seq}" for row in found.audit.broken]
    )
    if found.audit.broken:
        yield "audit: is SECRET_KEY the one of the server that made the backup?"
    if unset:
        yield f"settings that were given there and are not here: {', '.join(unset)}"
    made = in_shanghai(found.made_at)
    yield f"backup of {made:%Y-%m-%d %H:%M:%S} (Guangdong)"
    counted = found.counted
    pictures = f"{len(found.seen)} of {len(counted.names)} pictures"
    yield f"{counted.candidates} candidates, {counted.applications} applications, {pictures}"
    yield f"audit: {found.audit.rows} rows in {found.audit.chains} chains, {len(found.audit.broken)} broken"


def size(count: float) -> str:
    """Bytes in a unit that can be read."""
    step = 0
    while count >= 1000 and step < len(UNITS) - 1:
        count, step = count / 1000, step + 1
    return f"{count:.1f} {UNITS[step]}" if step else f"{count:.0f} {UNITS[0]}"


def _named(what: str, names: list[str] | tuple[str, ...]) -> Iterator[str]:
    for name in names[:SHOWN]:
        yield f"{what}: {name}"
    if len(names) > SHOWN:
        yield f"{what}: {len(names) - SHOWN} more"
