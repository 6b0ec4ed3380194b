"""`flask …`: the demo's people, upkeep, inspection of files; the slices bring their own commands beside these."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from app.backup_commands import backup, restore_command
from app.base.audit import audit_key, verify_all
from app.base.steps import stop_signals
from app.base.sweep import sweep as sweep_store
from app.base.unavailable import Unavailable
from app.dependencies import Dependencies, blob_names
from app.http.provided import provided
from app.imaging.commands import inspect, packs
from app.upkeep import purge as give_up_old

# These judge files and need no database and no secret, or read the settings themselves and touch nothing until they
# have looked; everything else stops on a wrong setting.
WITHOUT_SETTINGS = ("inspect", "packs", "restore")


def needs_no_settings() -> bool:
    """Whether the command line asks for a command that works without the application's parts."""
    return "flask" in Path(sys.argv[0]).parts[-2:] and sys.argv[1:2] != [] and sys.argv[1] in WITHOUT_SETTINGS


def install(app: Flask) -> None:
    """Add the commands."""
    from app.slices import SLICES

    ours = (inspect, packs, upgrade, demo, retry_register, sweep, purge, verify_audit, backup, restore_command)
    for command in (*ours, *(each for slice_ in SLICES for each in slice_.commands)):
        app.cli.add_command(command)


def _dependencies() -> Dependencies:
    return provided(Dependencies)


@click.command("upgrade")
@with_appcontext
def upgrade() -> None:
    """Bring the database to this version."""
    _dependencies().db.upgrade()
    click.echo("database: up to date")


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Load the invented people of the demo; those that are there stay as they are."""
    from app.demo import load

    if not _dependencies().settings.demo:
        raise click.ClickException("DEMO is not set: the demo's people have a known password.")
    _dependencies().db.upgrade()
    with _dependencies().db.writing() as db:
        click.echo(f"demo: {load(db, _dependencies().clock.now())} people added")


@click.command("retry-register")
@with_appcontext
def retry_register() -> None:
    """Ask the population register now about everybody who waits for it, without waiting for the next turn."""
    asked, moved = _dependencies().register_comparison.check_due(early=True)
    click.echo(f"register: {asked} asked, {moved} moved on, {asked - moved} still waiting")


@click.command("sweep")
@with_appcontext
@click.pass_context
def sweep(context: click.Context) -> None:
    """Remove what no row refers to; name what is missing, damaged or locked. Exits with 1 when there is any."""

    def names() -> set[str]:
        with _dependencies().db.reading() as db:
            return blob_names(db)

    try:
        done = sweep_store(_dependencies().store, names, _dependencies().clock.now())
    except Unavailable as error:
        raise click.ClickException(str(error)) from error
    click.echo("\n".join(done.told()))
    context.exit(0 if done.sound else 1)


@click.command("purge")
@with_appcontext
def purge() -> None:
    """Give up drafts older than DRAFT_DAYS, what was decided on DOCUMENT_DAYS ago, and unfinished uploads.

    In short transactions, so that the server may go on meanwhile. SIGTERM or Ctrl-C end it after the one in hand; the
    next run goes on.
    """
    progress = PurgeProgress()
    with stop_signals() as stop:
        done = give_up_old(_dependencies(), stop, progress)
    click.echo(
        f"purge: {done['drafts']} drafts, {done['rejected']} rejected portraits, "
        f"{done['documents']} pictures of documents, {done['uploads']} unfinished uploads"
    )
    if stop.told:
        click.echo(f"purge: stopped; {progress.left} applications are left for the next run", err=True)


class PurgeProgress:
    """Says how much is left, every few seconds."""

    EVERY = 5  # seconds

    def __init__(self) -> None:
        self.left, self._said = 0, time.monotonic()

    def __call__(self, left: int) -> None:
        self.left = left
        if time.monotonic() - self._said >= self.EVERY:
            self._said = time.monotonic()
            click.echo(f"purge: {left} applications left", err=True)


@click.command("verify-audit")
@with_appcontext
@click.pass_context
def verify_audit(context: click.Context) -> None:
    """Look for audit rows that were rewritten. Exits with 1 when there are any."""
    keys = [audit_key(key) for key in _dependencies().settings.secret_keys]
    with _dependencies().db.reading() as db:
        found = verify_all(db, keys)
    for row in found.broken:
        click.echo(f"broken: application {row.application_id}, row {row.seq}")
    click.echo(f"audit: {found.rows} rows in {found.chains} chains, {len(found.broken)} broken")
    context.exit(1 if found.broken else 0)
