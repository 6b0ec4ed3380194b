"""`flask …`: the demo's people, upkeep, inspection of files."""

from __future__ import annotations

import sys
from datetime import timedelta

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.base.audit import audit_key, verify_all
from app.base.sweep import sweep as sweep_store
from app.base.unavailable import Unavailable
from app.documents.actions import purge as purge_documents
from app.parts import Parts, blob_names
from app.portrait.actions import purge as purge_drafts
from app.portrait.actions import purge_rejected
from app.portrait.commands import inspect, packs

# These judge files and need no database and no secret; everything else stops on a wrong setting.
WITHOUT_SETTINGS = ("inspect", "packs")


def needs_no_settings() -> bool:
    """Whether the command line asks for a command that works on any machine as it is."""
    return sys.argv[0].endswith("flask") and sys.argv[1:2] != [] and sys.argv[1] in WITHOUT_SETTINGS


def install(app: Flask) -> None:
    """Add the commands."""
    for command in (inspect, packs, upgrade, demo, retry_register, sweep, purge, verify_audit):
        app.cli.add_command(command)


def _parts() -> Parts:
    parts: Parts = current_app.extensions["parts"]
    return parts


@click.command("upgrade")
@with_appcontext
def upgrade() -> None:
    """Bring the database to this version."""
    _parts().db.upgrade()
    click.echo("database: up to date")


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Load the invented people of the demo; those that are there stay as they are."""
    from app.demo import load

    if not _parts().settings.demo:
        raise click.ClickException("DEMO is not set: the demo's people have a known password.")
    _parts().db.upgrade()
    with _parts().db.writing() as db:
        click.echo(f"demo: {load(db, _parts().clock.now())} people added")


@click.command("retry-register")
@with_appcontext
def retry_register() -> None:
    """Ask the population register now about everybody who waits for it, without waiting for the next turn."""
    asked, moved = _parts().checks.check_due(early=True)
    click.echo(f"register: {asked} asked, {moved} moved on, {asked - moved} still waiting")


@click.command("sweep")
@with_appcontext
@click.pass_context
def sweep(context: click.Context) -> None:
    """Remove what no row refers to; name what is missing, damaged or locked. Exits with 1 when there is any."""

    def names() -> set[str]:
        with _parts().db.reading() as db:
            return blob_names(db)

    try:
        done = sweep_store(_parts().store, names, _parts().clock.now())
    except Unavailable as error:
        raise click.ClickException(str(error)) from error
    click.echo("\n".join(done.told()))
    context.exit(0 if done.sound else 1)


@click.command("purge")
@with_appcontext
def purge() -> None:
    """Give up drafts older than DRAFT_DAYS, what was decided on DOCUMENT_DAYS ago, and unfinished uploads."""
    parts, now = _parts(), _parts().clock.now()
    drafts_before = now - timedelta(days=parts.settings.draft_days)
    decided_before = now - timedelta(days=parts.settings.document_days)
    with parts.db.writing() as db:
        drafts = purge_drafts(db, drafts_before, now)
        rejected = purge_rejected(db, decided_before, now)
        documents = purge_documents(db, drafts_before, decided_before, now)
    uploads = parts.pieces.sweep(timedelta(days=1))
    click.echo(
        f"purge: {drafts} drafts, {rejected} rejected portraits, {documents} pictures of documents, "
        f"{uploads} unfinished uploads"
    )


@click.command("verify-audit")
@with_appcontext
@click.pass_context
def verify_audit(context: click.Context) -> None:
    """Look for audit rows that were rewritten. Exits with 1 when there are any."""
    keys = [audit_key(key) for key in _parts().settings.secret_keys]
    with _parts().db.reading() as db:
        found = verify_all(db, keys)
    for row in found.broken:
        click.echo(f"broken: application {row.application_id}, row {row.seq}")
    click.echo(f"audit: {found.rows} rows in {found.chains} chains, {len(found.broken)} broken")
    context.exit(1 if found.broken else 0)
