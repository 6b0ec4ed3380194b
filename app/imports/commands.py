"""`flask import`: what the console does, in the foreground, beside a running server."""

from __future__ import annotations

import hashlib
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from app.base.clock import Clock, in_shanghai
from app.base.database import Database
from app.base.errors import N_
from app.base.json_values import JsonObject
from app.base.unavailable import Unavailable
from app.http.provided import provided
from app.imports.file_actions import JOB, ask_for_look, import_file
from app.imports.import_actions import Order
from app.imports.jobs import desk
from app.imports.layout_rules import BadLayout
from app.imports.model import ImportedFile
from app.imports.queries import import_under_way
from app.imports.report_rules import ImportReport
from app.imports.terminal_forms import say, show, write_errors
from app.jobs import actions
from app.jobs.model import Job
from app.jobs.queries import job_of
from app.jobs.rules import is_lost
from app.jobs.runner import Runner, Running

WRONG, UNREADABLE = 1, 2
UNDER_WAY = N_("另一个导入从 %(since)s 起正在进行，这次没有导入任何内容。请等它结束后再试。")


@click.command("import")
@click.argument("kind")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--layout", default="", help="The layout's name; that of the kind when it is not given.")
@click.option("--dry-run", is_flag=True, help="Only tell what it would do.")
@click.option("--drop-wrong", is_flag=True, help="Leave wrong rows out and import the others.")
@click.option("--errors", type=click.Path(path_type=Path), help="Write what is wrong to this csv file.")
@with_appcontext
def import_(kind: str, file: Path, layout: str, dry_run: bool, drop_wrong: bool, errors: Path | None) -> None:
    """Import a list: xlsx, csv or dbf.

    Nothing is written unless every row is right, or --drop-wrong says so. Exits with 0 when it is done (or would be),
    1 when rows are wrong, 2 when the file cannot be imported at all or another import is under way.
    """
    _check_names(kind, layout or kind)
    try:
        command = _Command(kind, layout or kind, file, Order(not dry_run, drop_wrong))
        with _interruptible(command):
            done = command.run()
        command.tell(errors)
    except Unavailable as error:
        _end(f"the database cannot be used now: {error}; try again")
    raise SystemExit(0 if done and not command.is_refused else WRONG if command.is_refused else UNREADABLE)


def _check_names(kind: str, layout: str) -> None:
    try:
        table = desk()
    except BadLayout as error:
        _end(str(error))
    if kind not in table.kinds.every:
        _end(f"there is no kind {kind}; there are {', '.join(table.kinds.every)}")
    fitting = [name for name, each in table.layouts.items() if each.kind == kind]
    if layout not in fitting:
        _end(f"there is no layout {layout} for {kind}; there are {', '.join(fitting)}")


def _end(text: str) -> NoReturn:
    click.echo(text, err=True)
    raise SystemExit(UNREADABLE)


class _Command:
    """One import on the terminal, with a job's row as any other has."""

    def __init__(self, kind: str, layout: str, path: Path, order: Order) -> None:
        self._db, self._clock, self._path = provided(Database), provided(Clock), path
        with path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        self._file = ImportedFile(
            kind=kind,
            layout=layout,
            file_name=path.name[:120],
            sha256=sha256,
            size=path.stat().st_size,
            secret="",
            brought_at=self._clock.now(),
        )
        self._order = Order(order.write, order.drop_wrong, f"layout {layout}, sha256 {sha256}")
        self._report: ImportReport | None = None
        self._job = self._begin()

    @property
    def is_refused(self) -> bool:
        """Whether wrong rows stood in the way."""
        return bool(self._report and self._report.wrong and not (self._order.write and self._order.drop_wrong))

    def run(self) -> bool:
        """Whether it is done."""
        with _bar() as tell:
            return Runner(self._db, self._clock, {JOB: self._work}).run(self._job, tell)

    def stop(self) -> None:
        """Ctrl-C: nothing was written, and the next import need not wait."""
        with self._db.writing() as session:
            actions.stopped(session, self._job, self._clock.now())

    def tell(self, errors: Path | None) -> None:
        """What came of it."""
        with self._db.reading() as session:
            job = job_of(session, self._job.id)
        if self._report:
            show(self._report)
            if errors:
                write_errors(self._report, errors)
        if job and job.error:
            click.echo(say(job.error, **job.outcome), err=True)

    def _work(self, running: Running) -> JsonObject:
        import_file(running, self._file, lambda: self._path.open("rb"), desk(), self._order, self._keep)
        return self._report.counts if self._report else {}

    def _keep(self, report: ImportReport) -> None:
        self._report = report

    def _begin(self) -> Job:
        """Its row, which nobody else sees before it runs here; ends the command when another import runs."""
        now = self._clock.now()
        with self._db.reading() as session:
            other = import_under_way(session, JOB)
        if other and not is_lost(other.beat_at, now):
            _end(say(UNDER_WAY, since=f"{in_shanghai(other.started_at or now):%H:%M:%S}"))
        with self._db.writing() as session:
            actions.give_up_lost(session, now)
            other = import_under_way(session, JOB)
            if other is None:
                ask_for_look(session, self._file, now)
                job = session.get_one(Job, self._file.look_id)
                job.arguments = {"file": self._file.id, "write": self._order.write}
                self._file.entry_id = job.id if self._order.write else None
                session.flush()
                if actions.begin(session, job, now):
                    return job
        _end(say(UNDER_WAY, since=f"{in_shanghai((other and other.started_at) or now):%H:%M:%S}"))


@contextmanager
def _interruptible(command: _Command) -> Iterator[None]:
    """Ctrl-C and SIGTERM leave everything as it was."""

    def leave(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    except KeyboardInterrupt:
        command.stop()
        _end("stopped: nothing was imported")
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int], None]]:
    """How far it is, on stderr."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,}/{task.total:,}"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as progress:
        known: dict[str, TaskID] = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in known:
                known[step] = progress.add_task(say(step), total=total)
            progress.update(known[step], completed=done, total=total)

        yield tell
