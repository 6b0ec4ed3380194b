"""撤销: within a minute an act is taken back, as long as nobody has built on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.application.actions import move, note
from app.application.audit_rules import LOOKS, Action
from app.application.model import Application
from app.application.notice_actions import announce_undone
from app.application.workflow import STEPS, Status, Step, find_back
from app.base.audit import AuditRow
from app.base.database import updated_one_row
from app.base.errors import N_, Refused
from app.identity.actor_rules import Actor
from app.identity.model import Staff
from app.pairing.queries import live_pairing
from app.review.actions import claim
from app.review.case_queries import live_picture, picture_of
from app.review.model import Decision
from app.review.queries import scope
from app.review.rules import NO_PICTURE, UNDO, level_of, may_undo


def last_act(session: Session, staff: Staff, now: datetime) -> Decision | None:
    """A row of the reviewer's newest act, while `undo` would take it back; one that rejected, if any did."""
    mine = select(Decision).where(Decision.staff_id == staff.id, Decision.undone_at.is_(None))
    newest = session.scalar(mine.where(Decision.decided_at >= now - UNDO).order_by(Decision.id.desc()).limit(1))
    if newest is None:
        return None
    rows = _rows_of(session, staff, newest.act)
    try:
        _way_back(session, staff, rows, now)
    except Refused:
        return None
    return min(rows, key=lambda row: (row.approved, row.id))


def undo(session: Session, staff: Staff, act: str, now: datetime) -> Application:
    """The application is back where it was, with its pictures, in this reviewer's hands. Refused when too late."""
    rows = _rows_of(session, staff, act)
    application, step = _way_back(session, staff, rows, now)
    since = _waited_since(session, application, step.source, act)
    _take_back(session, rows, now)
    move(session, application, step.target, step.source, since or now)
    note(session, application.id, Actor.staff(staff.id), Action.UNDO, now, act)
    announce_undone(session, application, act, step.source, now)
    claim(session, application, staff, now)
    return application


def _rows_of(session: Session, staff: Staff, act: str) -> list[Decision]:
    return list(session.scalars(select(Decision).where(Decision.act == act, Decision.staff_id == staff.id)))


def _way_back(session: Session, staff: Staff, rows: Sequence[Decision], now: datetime) -> tuple[Application, Step]:
    """The application of an act, and the step to be undone; Refused when the act can no longer be taken back."""
    if not rows or rows[0].undone_at or not may_undo(rows[0].decided_at, now):
        raise too_late()
    wanted = select(Application).where(Application.id == rows[0].application_id, *scope(staff))
    application = session.scalar(wanted)
    if application is None or _is_built_on(session, application, rows[0].act):
        raise too_late()
    if any(live_picture(session, row.application_id, row.item) for row in rows if not row.approved):
        raise too_late()
    return application, _step_back(application, Status(rows[0].status))


def _step_back(application: Application, source: Status) -> Step:
    try:
        return find_back(Status(application.status), level_of(source), application.branch, source)
    except Refused:
        raise too_late() from None


def _take_back(session: Session, rows: Sequence[Decision], now: datetime) -> None:
    """The act's rows count no more; what it rejected counts again, unless something has taken its place."""
    for row in rows:
        undone = update(Decision).where(Decision.id == row.id, Decision.undone_at.is_(None))
        if not updated_one_row(session, undone.values(undone_at=now)):
            raise too_late()
        if not row.approved and row.sha256 != NO_PICTURE:
            _reopen(session, row)


def _reopen(session: Session, row: Decision) -> None:
    picture = picture_of(session, row.application_id, row.item, row.sha256)
    if picture is None:
        raise too_late()
    kind = type(picture)
    again = update(kind).where(kind.id == picture.id, kind.end_reason == "rejected")
    if not updated_one_row(session, again.values(ended_at=None, end_reason=None)):
        raise too_late()


def _is_built_on(session: Session, application: Application, act: str) -> bool:
    """Whether anybody but a looker has done something since, the candidate or the next office."""
    if application.claimed_by is not None or live_pairing(session, application.id):
        return True
    seq = _seq_of(session, application.id, act)
    later = select(AuditRow.id).where(AuditRow.application_id == application.id, AuditRow.seq > seq)
    return session.scalar(later.where(AuditRow.action.not_in(LOOKS)).limit(1)) is not None


def _seq_of(session: Session, application_id: int, act: str) -> int:
    row = select(AuditRow.seq).where(AuditRow.application_id == application_id, AuditRow.detail == act)
    return session.scalar(row.order_by(AuditRow.seq).limit(1)) or 0


def _waited_since(session: Session, application: Application, source: Status, act: str) -> datetime | None:
    """Since when it had stood there: the audit knows when it came."""
    arrivals = {step.action for step in STEPS if step.target == source}
    came = select(AuditRow.at).where(AuditRow.application_id == application.id, AuditRow.action.in_(arrivals))
    earlier = came.where(AuditRow.seq < _seq_of(session, application.id, act))
    return session.scalar(earlier.order_by(AuditRow.seq.desc()).limit(1))


def too_late() -> Refused:
    """What a reviewer hears who comes after the minute, or after somebody else."""
    words = N_("已经不能撤销：超过 %(minutes)s 分钟，或考生、下一级审核已经继续办理。请从列表查看最新状态。")
    return Refused("too_late", words, 409, minutes=UNDO // timedelta(minutes=1))
