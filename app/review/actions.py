"""What a reviewer does to a case: hold it, let go of it, decide it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from app.application.actions import take_step
from app.application.audit_rules import Action
from app.application.model import Application
from app.application.notice_actions import Telling
from app.base import audit, tokens
from app.base.audit import AuditRow
from app.base.database import updated_one_row
from app.base.errors import N_, Refused
from app.base.json_values import Json
from app.identity.actor_rules import Actor, Role
from app.identity.model import Staff
from app.review.case_queries import Case, Picture, application_for, case_of, is_before
from app.review.model import Decision
from app.review.queries import own_statuses, scope
from app.review.rules import IDLE, UNDO, ReviewVerdict, action_for, check, claim_ended, moved_on

REJECTED = "rejected"
MARGIN = timedelta(seconds=5)  # between the end of the time for 撤销 and the telling of a decision


class Gone(Refused):
    """A reviewer acts on a case that they had open and that is no longer their office's to see."""


def application_to_act_on(session: Session, staff: Staff, tag: str) -> Application | None:
    """`application_for`; Gone for whoever had the case open, while a stranger's guess finds nothing."""
    found = application_for(session, staff, tag)
    if found is None and _was_here(session, staff, tag):
        raise Gone("gone", N_("这份申请已经转到别的考办，您刚才的操作没有保存。请从列表选择另一件。"), 409)
    return found


def _was_here(session: Session, staff: Staff, tag: str) -> bool:
    rows = select(AuditRow.id).join(Application, Application.id == AuditRow.application_id)
    return (
        session.scalar(rows.where(Application.tag == tag, AuditRow.actor == str(Actor.staff(staff.id))).limit(1))
        is not None
    )


def claim(session: Session, application: Application, staff: Staff, now: datetime) -> bool:
    """Hold the case, if nobody else does; whether this reviewer holds it now. One holds one case at a time."""
    holder = None if claim_ended(application.claimed_at, now) else application.claimed_by
    former = application.claimed_by
    where = (
        Application.id == application.id,
        Application.status.in_(own_statuses(staff)),
        *scope(staff),
        no_colleague_holds(staff, now),
    )
    if not updated_one_row(session, update(Application).where(*where).values(claimed_by=staff.id, claimed_at=now)):
        return False
    if holder != staff.id:
        detail = f"after {Actor.staff(former)}" if former and former != staff.id else ""
        audit.record(session, application.id, str(Actor.staff(staff.id)), Action.REVIEW_CLAIMED, now, detail)
        _let_go_of_others(session, application, staff, now)
    return True


def no_colleague_holds(staff: Staff, now: datetime) -> ColumnElement[bool]:
    """What an UPDATE asks of a case that is the reviewer's to act on: held by them, or by nobody."""
    return or_(
        Application.claimed_by.is_(None),
        Application.claimed_by == staff.id,
        Application.claimed_at.is_(None),
        Application.claimed_at < now - IDLE,
    )


def held_by_colleague() -> Refused:
    """What a reviewer hears who acts on a case that a colleague holds."""
    return Refused("held", N_("这份申请正由其他审核人员审核，刚才的审核没有保存。请从列表选择另一件。"), 409)


def _let_go_of_others(session: Session, application: Application, staff: Staff, now: datetime) -> None:
    held = (Application.claimed_at >= now - IDLE, Application.claimed_by == staff.id, Application.id != application.id)
    for other in session.scalars(select(Application).where(*held)):
        release(session, other, staff, now)


def release(session: Session, application: Application, staff: Staff, now: datetime) -> bool:
    """Let go of a case; whether this reviewer held it."""
    held = update(Application).where(Application.id == application.id, Application.claimed_by == staff.id)
    let_go = updated_one_row(session, held.values(claimed_by=None, claimed_at=None))
    if let_go:
        audit.record(session, application.id, str(Actor.staff(staff.id)), Action.REVIEW_RELEASED, now)
    return let_go


def decide(session: Session, application: Application, staff: Staff, verdict: ReviewVerdict, now: datetime) -> str:
    """One act: every choice is a row, what was rejected counts no more, the application moves on; the act's name.

    Refused when the application is no longer as the reviewer saw it, when somebody else holds it, or when the act
    says too little.
    """
    if application.status != verdict.status or not is_before(staff, application):
        raise moved_on()
    case = case_of(session, application)
    check(verdict, case.hashes, case.opened)
    if not claim(session, application, staff, now):
        raise held_by_colleague()
    act = tokens.secret()
    session.add_all(_rows(act, case, staff, verdict, now))
    for item in verdict.rejected:
        if item not in case.missing:
            end_picture(session, case.pictures[item], now)
    assert staff.office is not None  # noqa: S101 — claim() has found a status of its level
    level, actor, telling = staff.office.level, Actor.staff(staff.id), _telling(act, staff.office.level, verdict)
    take_step(session, application, action_for(verdict), level, now, actor, act, verdict.reasons, telling)
    return act


def _telling(act: str, level: Role, verdict: ReviewVerdict) -> Telling:
    """What others are told of it: the coded reasons, never the office's own words; not before it can stand."""
    items: list[Json] = [
        {"item": item, "approved": choice.approved, "reasons": list(choice.reasons)}
        for item, choice in verdict.choices.items()
    ]
    return Telling({"level": level, "items": items}, act, UNDO + MARGIN)


def _rows(act: str, case: Case, staff: Staff, verdict: ReviewVerdict, now: datetime) -> list[Decision]:
    return [
        Decision(
            act=act,
            application_id=case.application.id,
            status=case.application.status,
            office_id=staff.office_id,
            staff_id=staff.id,
            item=item,
            sha256=choice.sha256,
            approved=choice.approved,
            reasons=list(choice.reasons),
            opinion=verdict.opinion,
            region=list(choice.region) if choice.region else None,
            decided_at=now,
        )
        for item, choice in verdict.choices.items()
    ]


def end_picture(session: Session, picture: Picture, now: datetime) -> None:
    """A rejected picture no longer counts; its bytes stay, so that the candidate sees what was rejected."""
    kind = type(picture)
    ended = update(kind).where(kind.id == picture.id, kind.ended_at.is_(None))
    if not updated_one_row(session, ended.values(ended_at=now, end_reason=REJECTED)):
        raise moved_on()
