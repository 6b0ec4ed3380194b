"""What has come since the last counting: pictures with their findings and durations, reviews with theirs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.application.model import Application
from app.application.workflow import STEPS, Status
from app.base.audit import AuditRow
from app.imaging.report import Finding, Report, Verdict
from app.pairing.model import Pairing
from app.portrait.model import Capture
from app.review.model import Decision
from app.review.rules import level_of
from app.statistics.model import TallyMark
from app.statistics.tally_rules import (
    HERE,
    REVIEW,
    SCAN,
    SETTLED,
    Sums,
    day_of,
    duration_sums,
    kept_seconds,
    kept_tenths,
    picture_sums,
)

Earlier = aliased(Capture)
Before = aliased(Decision)
# How an application comes to where an office has to decide. Elsewhere none does: a list of refusals says what another
# system decided.
ARRIVALS = {
    status: tuple({step.action for step in STEPS if step.target == status}) for status in Status if level_of(status)
}


@dataclass(frozen=True)
class Counted:
    """The next rows of a table: where counting stood, where it stands after them, their sums."""

    source: str
    since: int
    upto: int
    rows: int
    sums: Sums


def pictures(session: Session, now: datetime, most: int) -> Counted:
    """The next so many pictures, each with the office that its application has now."""
    since = _mark(session, Capture.__tablename__)
    wanted = (
        select(
            Capture.id,
            Capture.received_at,
            Capture.verdict,
            func.coalesce(Application.office_id, 0).label("office_id"),
            Pairing.claimed_at,
            Pairing.same_device,
            _none_before(Earlier.pairing_id == Capture.pairing_id).label("first_of_pairing"),
            _none_before(Earlier.application_id == Capture.application_id).label("first_of_all"),
        )
        .join(Application, Application.id == Capture.application_id)
        .join(Pairing, Pairing.id == Capture.pairing_id)
    )
    rows = session.execute(wanted.where(Capture.id > since).order_by(Capture.id).limit(most)).all()
    settled = list(takewhile(lambda row: row.received_at < now - SETTLED, rows))
    findings = _findings(session, (row.id for row in settled if row.verdict != Verdict.PASS))
    sums = Sums()
    for row in settled:
        day = day_of(row.received_at)
        sums += picture_sums(day, row.office_id, row.verdict, findings.get(row.id, ()))
        if row.verdict != Verdict.REFUSE and row.first_of_pairing and row.claimed_at:
            seconds = kept_seconds(row.received_at - row.claimed_at)
            sums += duration_sums(day, row.office_id, HERE if row.same_device else SCAN, seconds, row.first_of_all)
    return Counted(Capture.__tablename__, since, settled[-1].id if settled else since, len(settled), sums)


def _none_before(same: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether no earlier picture of the same was taken in."""
    return ~exists().where(same, Earlier.id < Capture.id, Earlier.verdict != Verdict.REFUSE)


def _findings(session: Session, ids: Iterable[int]) -> dict[int, tuple[Finding, ...]]:
    rows = session.execute(select(Capture.id, Capture.report).where(Capture.id.in_(list(ids))))
    return {row.id: Report.from_dict(row.report).findings for row in rows}


def reviews(session: Session, now: datetime, most: int) -> Counted:
    """The next so many acts of offices that were not undone: one row of each speaks for it."""
    since = _mark(session, Decision.__tablename__)
    wanted = select(
        Decision.id,
        Decision.application_id,
        Decision.office_id,
        Decision.status,
        Decision.decided_at,
        Decision.undone_at,
        exists().where(Before.act == Decision.act, Before.id < Decision.id).label("follows"),
        exists()
        .where(
            Before.application_id == Decision.application_id,
            Before.office_id == Decision.office_id,
            Before.undone_at.is_(None),
            Before.id < Decision.id,
        )
        .label("again"),
    )
    rows = session.execute(wanted.where(Decision.id > since).order_by(Decision.id).limit(most)).all()
    settled = list(takewhile(lambda row: row.decided_at < now - SETTLED, rows))
    sums = Sums()
    for row in settled:
        came = None if row.follows or row.undone_at else _came(session, row.application_id, row.status, row.decided_at)
        if came:
            tenths = kept_tenths(row.decided_at - came)
            sums += duration_sums(day_of(row.decided_at), row.office_id, REVIEW, tenths, not row.again)
    return Counted(Decision.__tablename__, since, settled[-1].id if settled else since, len(settled), sums)


def _came(session: Session, application_id: int, status: str, decided_at: datetime) -> datetime | None:
    """When an application had come to where an office decided it: the audit knows. None where no office had to."""
    if Status(status) not in ARRIVALS:
        return None
    came = select(AuditRow.at).where(AuditRow.application_id == application_id, AuditRow.at < decided_at)
    arrivals = AuditRow.action.in_(ARRIVALS[Status(status)])
    return session.scalar(came.where(arrivals).order_by(AuditRow.seq.desc()).limit(1))


def _mark(session: Session, source: str) -> int:
    return session.scalar(select(TallyMark.upto).where(TallyMark.source == source)) or 0


def are_left(session: Session, now: datetime) -> bool:
    """Whether there is something that could be counted and is not."""
    picture = select(Capture.received_at).where(Capture.id > _mark(session, Capture.__tablename__))
    review = select(Decision.decided_at).where(Decision.id > _mark(session, Decision.__tablename__))
    nexts = [
        session.scalar(picture.order_by(Capture.id).limit(1)),
        session.scalar(review.order_by(Decision.id).limit(1)),
    ]
    return any(at < now - SETTLED for at in nexts if at)
