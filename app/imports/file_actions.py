"""A file that came in: received sealed, checked, written, given up."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.base.database import updated_one_row
from app.base.errors import N_, Refused
from app.base.json_values import JsonObject, read_json
from app.base.seal import Damaged, UnknownKey
from app.base.sealed_files import SealedFiles
from app.base.tokens import secret
from app.identity.actor_rules import Actor
from app.imports import texts
from app.imports.import_actions import Order, WrongRows, carry_out
from app.imports.kind_actions import Kinds
from app.imports.layout_rules import Layout
from app.imports.model import ImportedFile
from app.imports.readers.file_source import FileSource
from app.imports.readers.sheet import Open
from app.imports.report_rules import ImportReport, read_report
from app.imports.row_rules import BadFile
from app.jobs.actions import ask
from app.jobs.rules import JobState
from app.jobs.runner import Failed, Running

JOB = "import"
KEPT = timedelta(days=1)
REPORT = ".report"
WRONG_ROWS = N_("有 %(wrong)s 行有错，因此没有导入任何内容。请改正后重新选择文件，或去掉有错的行再导入。")
NOT_NOW = N_("这个文件已经在导入，或已被放弃。请刷新页面查看。")
GONE = N_("文件已经删除（最多保留一天），没有导入任何内容。请重新选择文件。")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Desk:
    """What an import needs beside the file: the kinds, the layouts, where files are kept."""

    kinds: Kinds
    layouts: Mapping[str, Layout]
    files: SealedFiles


def keep(files: SealedFiles, pieces: Iterable[bytes], most: int) -> tuple[str, str, int]:
    """Seal a file as it arrives; its secret name, its SHA-256, its size. Refused when it is too large or empty."""
    name, digest, size = secret(), hashlib.sha256(), 0
    with files.writing(name) as writer:
        for piece in pieces:
            size += len(piece)
            if size > most:
                raise Refused("too_large", texts.TOO_LARGE, 413, most=most >> 20)
            digest.update(piece)
            writer.write(piece)
        if not size:
            raise Refused("empty", texts.EMPTY_FILE, 422)
    return name, digest.hexdigest(), size


def ask_for_look(session: Session, file: ImportedFile, now: datetime) -> None:
    """The file is known, and checked as soon as it is its turn."""
    session.add(file)
    session.flush()
    file.look_id = ask(session, JOB, {"file": file.id}, file.brought_by, now, JOB).id


def ask_for_entry(session: Session, file: ImportedFile, drop_wrong: bool, staff_id: int, now: datetime) -> None:
    """确认导入: once; Refused when it is being written, or was, also from another page, or it was given up."""
    _check_nothing_is_written(file)
    arguments: JsonObject = {"file": file.id, "write": True, "drop_wrong": drop_wrong}
    job = ask(session, JOB, arguments, staff_id, now, JOB)
    free = update(ImportedFile).where(ImportedFile.id == file.id, ImportedFile.given_up_at.is_(None))
    before = ImportedFile.entry_id.is_(None) if file.entry_id is None else ImportedFile.entry_id == file.entry_id
    if not updated_one_row(session, free.where(before).values(entry_id=job.id)):
        raise Refused("not_now", NOT_NOW, 409)


def _check_nothing_is_written(file: ImportedFile) -> None:
    if file.entry and file.entry.state not in (JobState.FAILED, JobState.STOPPED):
        raise Refused("not_now", NOT_NOW, 409)


def give_up(session: Session, file: ImportedFile, now: datetime) -> None:
    """放弃: nothing of it is written any more. Refused when it is being written, or was."""
    _check_nothing_is_written(file)
    free = update(ImportedFile).where(ImportedFile.id == file.id, ImportedFile.given_up_at.is_(None))
    session.execute(free.values(given_up_at=now))


def forget(files: SealedFiles, file: ImportedFile) -> None:
    """The file and what was said about it are deleted."""
    for name in (file.secret, file.secret + REPORT):
        if file.secret:
            files.remove(name)


def work(running: Running, file: ImportedFile, desk: Desk) -> JsonObject:
    """What the process of long work does with a file that was sent."""
    desk.files.sweep(running.clock.now() - KEPT)
    arguments, told = running.arguments, ImportReport()
    write, drop_wrong = bool(arguments.get("write")), bool(arguments.get("drop_wrong"))
    if not file.secret or file.given_up_at:
        raise Failed(GONE)

    def tell(report: ImportReport) -> None:
        nonlocal told
        told = report
        desk.files.write(file.secret + REPORT, json.dumps(report.plain(), ensure_ascii=False).encode())

    order = Order(write, drop_wrong, f"layout {file.layout}, sha256 {file.sha256}", _actor(running))
    import_file(running, file, lambda: desk.files.open(file.secret), desk, order, tell)
    if write:
        desk.files.remove(file.secret)
    return told.counts


def import_file(
    running: Running,
    file: ImportedFile,
    open_file: Open,
    desk: Desk,
    order: Order,
    tell: Callable[[ImportReport], None],
) -> None:
    """Check a file, or write it; `tell` gets the report, also that of one that is not written. Raises Failed."""
    kind, layout = desk.kinds.every.get(file.kind), desk.layouts.get(file.layout)
    if kind is None or layout is None:
        raise Failed(N_("没有“%(layout)s”这种格式。请重新选择。"), {"layout": file.layout})
    try:
        source = FileSource(open_file, layout, desk.layouts.values())
        tell(carry_out(running, kind, layout, source, order))
    except BadFile as error:
        raise Failed(error.text, cast("JsonObject", error.facts)) from error
    except WrongRows as error:
        tell(error.report)
        raise Failed(WRONG_ROWS, error.report.counts) from error
    except FileNotFoundError as error:
        raise Failed(GONE) from error
    except (Damaged, UnknownKey) as error:
        raise Failed(texts.BROKEN_FILE) from error


def report_of(files: SealedFiles, file: ImportedFile) -> ImportReport | None:
    """What the newest job found; None when it was deleted."""
    if not file.secret:
        return None
    try:
        with files.open(file.secret + REPORT) as stream:
            return read_report(cast("JsonObject", read_json(stream.read())))
    except FileNotFoundError:
        return None
    except (Damaged, UnknownKey):
        log.warning("the report of import %s cannot be read", file.id)
        return None


def _actor(running: Running) -> Actor:
    return Actor.staff(running.job.asked_by) if running.job.asked_by else Actor.server()
