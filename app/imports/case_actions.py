"""What an import does for applications under way, in its own transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.application.actions import note, take_step
from app.application.audit_rules import Action
from app.application.model import Application
from app.application.workflow import Status
from app.base.errors import Refused
from app.identity.actor_rules import Actor, Role
from app.imports.case_rules import Effect
from app.imports.report_rules import CaseChange


def follow(session: Session, case: CaseChange, actor: Actor, now: datetime) -> None:
    """By the workflow's own means; recorded with a row of its own, and rung for. The row holds no personal data."""
    if not case.effect:
        return
    application = session.get_one(Application, case.application_id)
    if case.effect == Effect.AGAIN and _takes_step(session, application, actor, now):
        return
    own = update(Application).where(Application.id == application.id)
    if case.effect == Effect.ASK:
        session.execute(own.where(Application.status == Status.REGISTER_CHECK).values(register_next_at=now))
    if case.effect == Effect.RELEASE:
        session.execute(own.values(claimed_by=None, claimed_at=None))
    note(session, application.id, actor, Action.RECORD_CHANGED, now, case.effect)


def _takes_step(session: Session, application: Application, actor: Actor, now: datetime) -> bool:
    """Back to the register; False when it has moved on meanwhile."""
    try:
        with session.begin_nested():
            take_step(session, application, Action.RECORD_CHANGED, Role.SERVER, now, actor, Effect.AGAIN)
    except Refused:
        return False
    return True
