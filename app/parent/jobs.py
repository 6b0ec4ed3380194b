"""The job that takes over what the parent system has sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.base.errors import N_
from app.base.json_values import Json, JsonObject
from app.base.seal import Sealer
from app.http.provided import provided
from app.jobs.runner import Failed, Running
from app.parent.queries import request_named
from app.parent.request_actions import KIND, rows_of, settle
from app.parent.rules import Row

WRONG = N_("上级系统发来的数据有错误，一行也没有写入。错误已逐行答复给对方。")


@dataclass(frozen=True)
class Fault:
    """What is wrong with which row (from 1; 0: with all of them), in which field."""

    row: int
    field: str
    reason: str


class Refusal(Exception):
    """Nothing was written, for these reasons."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("refused")
        self.faults = faults


class Intake(Protocol):
    """Writes rows of a kind into the records: all of them, with the end of the job, or none. Raises Refusal."""

    def __call__(self, running: Running, kind: str, rows: Sequence[Row]) -> JsonObject: ...


def take_over(running: Running) -> JsonObject:
    """The rows of one request."""
    sealer, named = provided(Sealer), [str(running.arguments[name]) for name in ("key", "request")]
    with running.db.reading() as session:
        request = request_named(session, *named)
    assert request is not None  # noqa: S101 — a job is made together with its request
    counts: JsonObject | None = None
    found: list[Json] = []
    try:
        counts = provided(Intake)(running, request.kind, rows_of(request, sealer))
    except Refusal as refusal:
        found += [{"row": each.row, "field": each.field, "reason": each.reason} for each in refusal.faults]
    with running.db.writing() as session:
        settle(session, request, sealer, found)
    if counts is None:
        raise Failed(WRONG)
    return counts


JOBS = {KIND: take_over}
