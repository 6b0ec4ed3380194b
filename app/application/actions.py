"""What happens to an application; every change is recorded, and rings, in the transaction that makes it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.application.audit_rules import Action
from app.application.model import PAPERS, Application, Consent, Receipt
from app.application.notice_actions import Telling, announce
from app.application.queries import application_of, is_held, may_withdraw, office_of, receipts_of
from app.application.rules import Filled
from app.application.telephone_rules import phone_number
from app.application.terms import VERSION, Terms
from app.application.workflow import Status, check_reason, find, not_now
from app.base import audit, tokens
from app.base.database import updated_one_row
from app.base.errors import N_, Refused
from app.identity.actor_rules import Actor, Role
from app.identity.model import Candidate

HELD = N_("您的成绩或记录有变化，毕业预测现在不通过，暂时不能提交申请。请打开“毕业预测”查看缺少什么，再联系市考办。")
# What later slices do with theirs when an application is withdrawn: (session, application, actor, now).
GiveUp = Callable[[Session, Application, Actor, datetime], None]


def note(session: Session, application_id: int, actor: Actor, action: Action, now: datetime, detail: str = "") -> None:
    """Record that something happened to an application, and let open pages look again."""
    audit.record(session, application_id, str(actor), action, now, detail)
    ring(session, application_id)


def ring(session: Session, application_id: int) -> None:
    """A new version of the application, one a transaction: its pages look again once that is durable."""
    bells = session.info.setdefault("bells", {})
    if application_id in bells:
        return
    raised = update(Application).where(Application.id == application_id).values(version=Application.version + 1)
    bells[application_id] = session.scalar(raised.returning(Application.version))


def take_step(
    session: Session,
    application: Application,
    action: Action,
    role: Role,
    now: datetime,
    actor: Actor | None = None,
    detail: str = "",
    reasons: Collection[str] = (),
    telling: Telling | None = None,
) -> None:
    """Follow one arrow of the workflow; Refused when it is not there, somebody was faster, or it lacks the reason that
    it needs.

    `actor` is who did it, by default the candidate; `telling` is what others are told beside the step. Whoever was
    looking at the application as a reviewer no longer is.
    """
    step = find(action, Status(application.status), role, application.branch)
    check_reason(step, reasons)
    move(session, application, step.source, step.target, now)
    note(session, application.id, actor or Actor.candidate(application.candidate_id), action, now, detail)
    announce(session, application, action, step.target, now, telling)


def move(
    session: Session,
    application: Application,
    source: Status,
    target: Status,
    now: datetime,
    *unless: ColumnElement[bool],
) -> None:
    """From one status to another, once; Refused when it is no longer there, or a further condition does not hold.

    Whoever waits for the register has a time to be asked about, nobody else has.
    """
    closed = now if target == Status.WITHDRAWN else None
    moved = update(Application).where(Application.id == application.id, Application.status == source, *unless)
    values = {
        "status": target,
        "status_since": now,
        "claimed_by": None,
        "claimed_at": None,
        "closed_at": closed,
        "register_next_at": now if target == Status.REGISTER_CHECK else None,
    }
    if not updated_one_row(session, moved.values(**values)):
        raise not_now()


def apply(session: Session, candidate: Candidate, filled: Filled, language: str, now: datetime) -> Application:
    """申请: the candidate's application, made from a form without mistakes when it is the first time."""
    application = application_of(session, candidate.id) or _first(session, candidate, filled, now)
    application.language = language
    return application


def _first(session: Session, candidate: Candidate, filled: Filled, now: datetime) -> Application:
    """Made once: who comes second in the same instant gets the one that is there."""
    application = _new(session, candidate, filled, now)
    try:
        with session.begin_nested():
            session.add(application)
    except IntegrityError:
        if there := application_of(session, candidate.id):
            return there
        raise
    take_step(session, application, Action.APPLY, Role.CANDIDATE, now)
    facts: dict[str, str | int] = {"batch": application.batch, "place": application.place}
    give_receipt(session, application, "application", facts, now)
    return application


def _new(session: Session, candidate: Candidate, filled: Filled, now: datetime) -> Application:
    office = office_of(session, filled.place)
    return Application(
        tag=tokens.secret(),
        candidate_id=candidate.id,
        status=Status.FORM,
        version=0,
        language="zh",
        applied_at=now,
        status_since=now,
        major=candidate.major,
        programme_university=candidate.programme_university,
        course_group=candidate.course_group,
        examining_university=candidate.examining_university,
        batch=filled.batch,
        place=filled.place,
        phone=phone_number(filled.phone) or "",
        office_id=office and office.id,
    )


def submit(session: Session, application: Application, now: datetime) -> Receipt:
    """申请, once everything is approved: the application is handed in. Twice is once."""
    if application.status == Status.SUBMITTED:
        return receipts_of(session, application.id, "submission")[0]
    if is_held(session, application, now):
        raise Refused("forecast", HELD)
    take_step(session, application, Action.SUBMIT, Role.CANDIDATE, now)
    return give_receipt(session, application, "submission", {"batch": application.batch}, now)


def withdraw(session: Session, application: Application, give_up: GiveUp, now: datetime) -> None:
    """撤回申请, before the first review has begun. What was sent with it is given up; one may apply anew."""
    if not may_withdraw(session, application):
        raise Refused("not_now", N_("审核已经开始，不能再撤回。请等待审核结果，或联系办理地的市考办。"), 409)
    step = find(Action.WITHDRAW, Status(application.status), Role.CANDIDATE, application.branch)
    move(session, application, step.source, step.target, now, Application.claimed_by.is_(None))
    actor = Actor.candidate(application.candidate_id)
    give_up(session, application, actor, now)
    note(session, application.id, actor, Action.WITHDRAW, now)
    announce(session, application, Action.WITHDRAW, step.target, now)


def agree(session: Session, application: Application, terms: Terms, place: str, actor: Actor, now: datetime) -> None:
    """Record consent with the version and hash of its text. Twice is once.

    `place` is desk or phone, before the portrait, or PAPERS, before a picture of an ID document: each asked by itself.
    """
    at_this_place = (Consent.application_id == application.id, Consent.version == VERSION, Consent.place == place)
    if session.scalar(select(Consent).where(*at_this_place)):
        return
    session.add(
        Consent(application_id=application.id, version=VERSION, text_hash=terms.text_hash, place=place, given_at=now)
    )
    if application.consented_at is None and place != PAPERS:
        application.consented_at = now
    note(session, application.id, actor, Action.CONSENT, now, f"{place} {VERSION}")


def inform(session: Session, application: Application, actor: Actor, now: datetime) -> None:
    """The person has seen how the picture has to be taken."""
    if application.informed_at is None:
        application.informed_at = now
        note(session, application.id, actor, Action.INFORMED, now)


def give_receipt(
    session: Session, application: Application, kind: str, facts: dict[str, str | int], now: datetime
) -> Receipt:
    """Write down what was handed over; the number is for people to read aloud."""
    receipt = Receipt(
        application_id=application.id,
        number=f"{secrets.randbelow(10**12):012d}",
        kind=kind,
        facts=facts,
        handed_over_at=now,
    )
    session.add(receipt)
    return receipt
