"""The job that takes over what the parent system has sent, through the import of lists (docs/imports.md)."""

from __future__ import annotations

from collections.abc import Sequence

from app.base.errors import N_
from app.base.json_values import Json, JsonObject
from app.base.seal import Sealer
from app.http.provided import provided
from app.imports.import_actions import Order, WrongRows, carry_out
from app.imports.kind_actions import Kinds
from app.imports.layout_rules import Layout, layouts_of
from app.imports.report_rules import ImportReport
from app.imports.row_rules import BadFile, Rows
from app.jobs.runner import Failed, Running
from app.parent.model import ParentRequest
from app.parent.queries import request_named
from app.parent.request_actions import rows_of, settle
from app.parent.rules import Row

WRONG = N_("上级系统发来的数据有错误，一行也没有写入。错误已逐行答复给对方。")
UNKNOWN_FIELD = N_("没有这个字段")
ALL = 0  # in the place of a row's number: it is about all of them


def take_over(running: Running) -> JsonObject:
    """The rows of one request: all of them, with the end of the job, or none and why."""
    named = [str(running.arguments[name]) for name in ("key", "request")]
    with running.db.reading() as session:
        request = request_named(session, *named)
    assert request is not None  # noqa: S101 — a job is made together with its request
    rows, layout = rows_of(request, provided(Sealer)), layouts_of()[request.kind]
    faults = _unknown_fields(rows, layout)
    report = ImportReport()
    if not faults:
        report, faults = _written(running, request, rows, layout)
    with running.db.writing() as session:
        settle(session, request, provided(Sealer), faults)
    if faults:
        raise Failed(WRONG)
    return report.counts


def _written(
    running: Running, request: ParentRequest, rows: Sequence[Row], layout: Layout
) -> tuple[ImportReport, list[Json]]:
    """What became of them, and what is wrong with them; one of the two is empty."""
    fields = [name for name in layout.fields if any(name in row for row in rows)]
    source = Rows(fields, enumerate(rows, start=1), len(rows))
    order = Order(write=True, detail=f"parent {request.key_id} {request.request_id}")
    try:
        return carry_out(running, provided(Kinds).every[request.kind], layout, source, order), []
    except WrongRows as wrong:
        return ImportReport(), _told(wrong.report, layout)
    except BadFile as bad:
        return ImportReport(), [_fault(ALL, "", bad.text % bad.facts if bad.facts else bad.text)]


def _unknown_fields(rows: Sequence[Row], layout: Layout) -> list[Json]:
    return [
        _fault(place, name[:60], UNKNOWN_FIELD)
        for place, row in enumerate(rows, start=1)
        for name in row
        if name not in layout.fields
    ]


def _told(report: ImportReport, layout: Layout) -> list[Json]:
    """Each finding by its row and field; findings name columns by their headings."""
    fields = {column.headings[0]: column.field for column in layout.columns}
    return [
        _fault(each.place, fields.get(each.heading, ""), each.text % each.facts if each.facts else each.text)
        for each in report.findings
    ]


def _fault(row: int, field: str, reason: str) -> JsonObject:
    return {"row": row, "field": field, "reason": reason}
