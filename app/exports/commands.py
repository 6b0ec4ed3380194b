"""`flask export KIND`: as the page does, in the foreground, into a file or stdout."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy.orm import Session

from app.application.queries import batches
from app.base.catalogue import english
from app.base.clock import Clock
from app.base.errors import Refused
from app.base.store import Store
from app.exports import actions
from app.exports.forms import LAST, Asked, Choices, compared, wanted_of_form
from app.exports.jobs import make
from app.exports.layout_rules import ExportKind, ListFormat, WrongLayout, layouts, layouts_for
from app.exports.model import Export
from app.exports.name_rules import USUAL
from app.exports.queries import city_names, newest_batch
from app.exports.reading_actions import Lost, bytes_of
from app.exports.rules import EVERYWHERE, Wanted, file_name
from app.exports.settings import ExportSettings, own_layouts
from app.http.provided import database, provided
from app.jobs import actions as jobs
from app.jobs.model import Job
from app.jobs.runner import Runner


@click.command("export")
@click.argument("kind", type=click.Choice([each.value for each in ExportKind]))
@click.option("--batch", help="毕业年月 such as 202612; default: the newest.")
@click.option("--city", default=EVERYWHERE, show_default=True, help="GB/T 2260 code such as 440100, or all in one ZIP.")
@click.option("--layout", help="Columns of the list; default: the first that fits.")
@click.option(
    "--format", "list_format", default="xlsx", show_default=True, type=click.Choice([each.value for each in ListFormat])
)
@click.option("--names", default=USUAL, show_default=True, help="Template of the photos' names.")
@click.option("--sealed", is_flag=True, help="AES-256; the password is written to stderr.")
@click.option("--since", default="", help=f"Only what changed: the number of an export, or `{LAST}`.")
@click.option("--out", type=click.Path(path_type=Path), help="File, or - for stdout; default: named by what is in it.")
@with_appcontext
def export(
    kind: str, batch: str, city: str, layout: str, list_format: str, names: str, sealed: bool, since: str, out: Path
) -> None:
    """Make an export of KIND and write its ZIP."""
    asked = Asked(kind, batch or "", city, layout or "", list_format, names, sealed)
    try:
        with database().reading() as db:
            wanted = compared(db, _wanted(db, asked), since)
        made = _made(wanted)
        if made.sealed:
            click.echo(f"password: {actions.password(made, provided(ExportSettings).secret_keys)}", err=True)
        _write(made, out)
    except Refused as refusal:
        raise click.ClickException(english(refusal.text) % refusal.facts) from None
    except (WrongLayout, Lost, OSError) as error:
        raise click.ClickException(str(error)) from None
    told = f"export {made.id}: {made.people} people, {made.same} unchanged, {made.withdrawn} withdrawn"
    click.echo(f"{told}, {made.faults} photos that cannot be read", err=True)
    if made.faults:
        sys.exit(1)


def _wanted(db: Session, asked: Asked) -> Wanted:
    every = layouts(own_layouts(provided(ExportSettings)))
    choices = Choices(tuple(each.month for each in batches(db)), newest_batch(db), city_names(), every)
    first = layouts_for(ExportKind(asked.kind), every)[0].name
    return wanted_of_form(
        replace(asked, batch=asked.batch or choices.usual_batch, layout=asked.layout or first), choices
    )


def _made(wanted: Wanted) -> Export:
    """The export, made here and now as a job of this process."""
    db, clock, keys = database(), provided(Clock), provided(ExportSettings).secret_keys
    with db.writing() as session:
        asked = actions.ask_for(session, wanted, None, clock.now(), keys)
        job = session.get_one(Job, asked.job_id)
        if not jobs.begin(session, job, clock.now()):
            raise click.ClickException("Another export is being made. Try again when it is done.")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task("…", total=None)

        def tell(step: str, done: int, total: int) -> None:
            shown.update(task, description=english(step), completed=done, total=total or None)

        done = Runner(db, clock, {actions.JOB: make}).run(job, tell)
    with db.reading() as session:
        made, row = session.get_one(Export, asked.id), session.get_one(Job, asked.job_id)
    if not done:
        raise click.ClickException(english(row.error) % row.outcome if row.error else "It was stopped.")
    return made


def _write(made: Export, out: Path | None) -> None:
    """Into a file that has its name once it is whole, or to stdout."""
    pieces = bytes_of(database(), provided(Store), made.id, provided(ExportSettings).secret_keys)
    if out == Path("-"):
        sys.stdout.buffer.writelines(pieces)
        return
    target = out or Path(file_name(made.kind, made.batch, made.city, made.id))
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as file:
            file.writelines(pieces)
        part.replace(target)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    click.echo(str(target), err=True)
