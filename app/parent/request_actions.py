"""Rows of the parent system: kept sealed until a job takes them over, once for each id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.base.json_values import Json, JsonObject, read_json
from app.base.seal import Sealer
from app.jobs.actions import ask
from app.jobs.rules import JobState
from app.parent.model import ParentRequest
from app.parent.queries import request_named
from app.parent.rules import REQUESTS_KEPT, Rejected, Row, Why, digest, read_rows, written

KIND = "parent"
EXCLUSIVE = "import"  # one list at a time changes the records, wherever it comes from
STATES = {
    JobState.WAITING: "waiting",
    JobState.RUNNING: "waiting",
    JobState.DONE: "done",
    JobState.FAILED: "failed",
    JobState.STOPPED: "stopped",
}


@dataclass(frozen=True)
class Sent:
    """A request that was checked: who sent it, under which id, what."""

    key_id: str
    request_id: str
    kind: str
    body: bytes


def take(session: Session, sealer: Sealer, sent: Sent, now: datetime) -> ParentRequest:
    """The request with its job; the one that is there when it was sent before. Raises Rejected."""
    if before := _before(session, sent):
        return before
    rows = written(read_rows(sent.body))
    session.execute(delete(ParentRequest).where(ParentRequest.received_at < now - REQUESTS_KEPT))
    try:
        with session.begin_nested():
            return _add(session, sealer, sent, rows, now)
    except IntegrityError:
        if before := _before(session, sent):
            return before
        raise


def _before(session: Session, sent: Sent) -> ParentRequest | None:
    before = request_named(session, sent.key_id, sent.request_id)
    if before and before.digest != digest(sent.kind, sent.body):
        raise Rejected(Why.CONFLICT)
    return before


def _add(session: Session, sealer: Sealer, sent: Sent, rows: bytes, now: datetime) -> ParentRequest:
    job = ask(session, KIND, {"key": sent.key_id, "request": sent.request_id}, None, now, EXCLUSIVE)
    request = ParentRequest(
        key_id=sent.key_id,
        request_id=sent.request_id,
        kind=sent.kind,
        digest=digest(sent.kind, sent.body),
        rows=sealer.seal(_name(sent), rows),
        job_id=job.id,
        received_at=now,
    )
    session.add(request)
    session.flush()
    session.refresh(request)
    return request


def _name(of: Sent | ParentRequest) -> str:
    """What its rows are sealed under."""
    return f"parent {of.key_id} {of.request_id}"


def rows_of(request: ParentRequest, sealer: Sealer) -> list[Row]:
    """What it brought."""
    rows: Json = read_json(sealer.open(_name(request), request.rows or b""))
    return rows  # type: ignore[return-value]  # `take` has written it


def settle(session: Session, request: ParentRequest, sealer: Sealer, findings: list[Json]) -> None:
    """Its rows are taken over, or refused for these reasons: they are kept no longer."""
    there = session.get_one(ParentRequest, request.id)
    there.rows = None
    there.findings = sealer.seal(_name(request), written(findings))


def answer(request: ParentRequest, sealer: Sealer) -> JsonObject:
    """What the parent system is told of it now."""
    job = request.job
    refused = job.state == JobState.FAILED and request.findings is not None
    state = "refused" if refused else STATES[job.state]
    said: JsonObject = {"request": request.request_id, "kind": request.kind, "state": state}
    if job.state == JobState.DONE:
        said["counts"] = job.outcome
    if request.findings:
        found: Json = read_json(sealer.open(_name(request), request.findings))
        said["findings"] = found
    return said
