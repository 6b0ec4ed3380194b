"""导入: a file is sent, looked at, and written if the operator says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app.base.errors import INCOMPLETE, N_, Refused
from app.base.sealed_files import SealedFiles
from app.http.current import now
from app.http.provided import database, provided
from app.identity.actor_rules import StaffRole
from app.identity.current import staff
from app.imports import texts
from app.imports.download_forms import CSV, XLSX, errors_csv, errors_xlsx, template, words_of
from app.imports.file_actions import JOB, ask_for_entry, ask_for_look, forget, give_up, keep, report_of
from app.imports.jobs import layouts
from app.imports.kind_actions import Kinds
from app.imports.layout_rules import BadLayout, Layout
from app.imports.model import ImportedFile
from app.imports.page_rules import CountLine, end_of, figures, standing, view_of
from app.imports.queries import file_of, history, import_under_way
from app.jobs.rules import ENDED, NAMES, TONES, JobState, percent

pages = Blueprint("imports", __name__, url_prefix="/operate/imports")
MOST_BYTES = 64 << 20
PIECE = 256 << 10
SHOWN = 30
BEGINS = 12  # characters of a hash that are shown in a table
NOT_THERE = N_("没有这次导入。请从“导入”重新进入。")


@dataclass(frozen=True)
class HistoryLine:
    """One row of 导入记录."""

    file: ImportedFile
    title: str
    who: str
    begins: str
    words: str
    tone: str
    figures: list[CountLine]


@pages.get("")
def page() -> str:
    """What can be imported, and what was."""
    staff(StaffRole.OPERATOR)
    kinds, problem, offered = provided(Kinds).titles, "", list[Layout]()
    try:
        offered = sorted(layouts().values(), key=lambda each: list(kinds).index(each.kind))
    except BadLayout as error:
        problem = str(error)
    with database().reading() as db:
        lists = [_line(file, kinds) for file in history(db, SHOWN)]
    return render_template(
        "imports/page.html",
        offered=[(kinds[each.kind], each) for each in offered],
        problem=problem,
        lists=lists,
        too_large=texts.TOO_LARGE,
        most=MOST_BYTES >> 20,
    )


@pages.post("")
def receive() -> Response:
    """The file itself is the request's body: it is sealed piece by piece, and never whole in memory or on the disk."""
    person = staff(StaffRole.OPERATOR)
    layout = _layout(request.args.get("layout", ""))
    secret, sha256, size = keep(provided(SealedFiles), _pieces(), MOST_BYTES)
    file = ImportedFile(
        kind=layout.kind,
        layout=layout.name,
        file_name=request.args.get("name", "")[-120:],
        sha256=sha256,
        size=size,
        secret=secret,
        brought_by=person.id,
        brought_at=now(),
    )
    with database().writing() as db:
        ask_for_look(db, file, now())
    return jsonify(next=url_for("imports.one", file_id=file.id))


@pages.get("/<int:file_id>")
def one(file_id: int) -> str:
    """Where one list stands: under way, looked at, written, over."""
    staff(StaffRole.OPERATOR)
    with database().reading() as db:
        file = _file(db, file_id)
        job, other = file.entry or file.look, import_under_way(db, JOB)
        report = report_of(provided(SealedFiles), file)
        at = standing(*_states(file), report)
        return render_template(
            "imports/one.html",
            file=file,
            kind=provided(Kinds).titles.get(file.kind, file.kind),
            at=at,
            job=job,
            waits=bool(job and other and other.id != job.id),
            report=view_of(report) if report and not at.watched else None,
            right=report.right if report else 0,
            wrong=report.wrong if report else 0,
            words_of=words_of,
            names=NAMES,
            tones=TONES,
            ended=bool(job and job.state in ENDED),
            percent=percent(job.done, job.total) if job else None,
        )


@pages.post("/<int:file_id>/enter")
def enter(file_id: int) -> AnyResponse:
    """确认导入, or without the wrong rows."""
    person = staff(StaffRole.OPERATOR)
    with database().writing() as db:
        ask_for_entry(db, _file(db, file_id), "drop" in request.form, person.id, now())
    return redirect(url_for("imports.one", file_id=file_id), 303)


@pages.post("/<int:file_id>/give-up")
def discard(file_id: int) -> AnyResponse:
    """放弃: the file is deleted."""
    staff(StaffRole.OPERATOR)
    with database().writing() as db:
        file = _file(db, file_id)
        give_up(db, file, now())
    forget(provided(SealedFiles), file)
    return redirect(url_for("imports.page"), 303)


@pages.get("/<int:file_id>/errors")
def errors(file_id: int) -> Response:
    """What is wrong, as csv or xlsx."""
    staff(StaffRole.OPERATOR)
    with database().reading() as db:
        report = report_of(provided(SealedFiles), _file(db, file_id))
    if report is None:
        raise Refused("not_found", NOT_THERE, 404)
    as_workbook = request.args.get("as") == "xlsx"
    body = errors_xlsx(report) if as_workbook else errors_csv(report)
    return _download(body, XLSX if as_workbook else CSV, f"import-{file_id}-errors.{'xlsx' if as_workbook else 'csv'}")


@pages.get("/templates/<name>")
def empty(name: str) -> Response:
    """A list to fill in."""
    staff(StaffRole.OPERATOR)
    return _download(template(_layout(name)), XLSX, f"{name}.xlsx")


def _line(file: ImportedFile, kinds: Mapping[str, str]) -> HistoryLine:
    job = file.entry or file.look
    words, tone = end_of(*_states(file))
    title, who = kinds.get(file.kind, file.kind), file.bringer.name if file.bringer else ""
    return HistoryLine(file, title, who, file.sha256[:BEGINS], words, tone, figures(job.outcome if job else {}))


def _states(file: ImportedFile) -> tuple[JobState | None, JobState | None, bool]:
    look, entry = (JobState(job.state) if job else None for job in (file.look, file.entry))
    return look, entry, file.given_up_at is not None


def _file(db: Session, file_id: int) -> ImportedFile:
    file = file_of(db, file_id)
    if file is None:
        raise Refused("not_found", NOT_THERE, 404)
    return file


def _layout(name: str) -> Layout:
    """Refused when there is none of this name, or one of the operator's is wrong."""
    try:
        found = layouts().get(name)
    except BadLayout as error:
        raise Refused("bad_layout", N_("格式文件有错：%(error)s"), 409, error=str(error)) from error
    if found is None:
        raise Refused("bad_request", INCOMPLETE, 404)
    return found


def _pieces() -> Iterator[bytes]:
    while piece := request.stream.read(PIECE):
        yield piece


def _download(body: bytes, kind: str, name: str) -> Response:
    return Response(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
