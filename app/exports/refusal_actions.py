"""A photo that was exported and that another system refuses: its case goes back to its candidate, with the reason."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.application.actions import take_step
from app.application.audit_rules import Action
from app.application.contributions import PORTRAIT
from app.application.model import Application
from app.application.workflow import Status
from app.base import tokens
from app.base.errors import Refused
from app.exports.refusal_rules import CODE
from app.exports.refusal_texts import NO_OFFICE
from app.identity.actor_rules import Actor, Role
from app.identity.model import Office
from app.portrait.queries import draft_of
from app.review.actions import end_picture
from app.review.model import Decision
from app.review.rules import NO_PICTURE, OPINION


def refuse_outside(session: Session, application: Application, reason: str, staff_id: int | None, now: datetime) -> str:
    """The application stands before the camera again, and its candidate reads why; the name of the act.

    Refused when it is not approved (any more), or no reason is given.
    """
    said, act, source = reason.strip()[:OPINION], tokens.secret(), Status(application.status)
    actor = Actor.staff(staff_id) if staff_id else Actor.server()
    take_step(session, application, Action.REFUSED_OUTSIDE, Role.OPERATOR, now, actor, act, (said,))
    portrait = draft_of(session, application.id)
    session.add(
        Decision(
            act=act,
            application_id=application.id,
            status=source,
            office_id=_office(session, application),
            staff_id=staff_id,
            item=PORTRAIT,
            sha256=portrait.sha256 if portrait else NO_PICTURE,
            approved=False,
            reasons=[CODE],
            opinion=said,
            decided_at=now,
        )
    )
    if portrait:
        end_picture(session, portrait, now)
    return act


def _office(session: Session, application: Application) -> int:
    """Who tells the candidate: the province, which exports, else the office in charge."""
    province = session.scalar(select(Office.id).where(Office.level == Role.PROVINCE).order_by(Office.id).limit(1))
    if office := province or application.office_id:
        return office
    raise Refused("no_office", NO_OFFICE, 409)
