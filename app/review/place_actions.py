"""更改办理地点: the city office moves a case to another place, and with it perhaps to another city's office."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.application.actions import note
from app.application.audit_rules import Action
from app.application.model import Application
from app.application.queries import office_of
from app.application.workflow import BEFORE_THE_PROVINCE
from app.base.database import updated_one_row
from app.base.errors import N_, Refused
from app.identity.actor_rules import Actor, Role
from app.identity.model import Staff
from app.review.actions import held_by_colleague, no_colleague_holds
from app.review.model import PlaceChange
from app.review.rules import claim_ended

REASON = 100


def may_move(staff: Staff, application: Application, now: datetime) -> bool:
    """Whether it is in the hands of this reviewer's own city, or of its candidate, and no colleague holds it."""
    own = staff.office is not None and staff.office.level == Role.CITY and application.office_id == staff.office_id
    return own and application.status in BEFORE_THE_PROVINCE and not _a_colleague_holds(application, staff, now)


def _a_colleague_holds(application: Application, staff: Staff, now: datetime) -> bool:
    return application.claimed_by not in (None, staff.id) and not claim_ended(application.claimed_at, now)


def change_place(
    session: Session, application: Application, staff: Staff, place: str, reason: str, now: datetime
) -> None:
    """The new place decides the office; whoever held the case no longer does.

    Refused without a reason or office, when a colleague holds it, and when it is no longer the city's to move.
    """
    office = office_of(session, place)
    if office is None or place == application.place:
        raise Refused("no_place", N_("请选择另一个办理地点。"), 422)
    if not 0 < len(reason) <= REASON:
        raise Refused("no_reason", N_("请写明更改办理地点的原因，%(most)s 字以内。"), 422, most=REASON)
    if _a_colleague_holds(application, staff, now):
        raise held_by_colleague()
    former = application.place
    here = update(Application).where(
        Application.id == application.id,
        Application.office_id == staff.office_id,
        Application.status.in_(BEFORE_THE_PROVINCE),
        no_colleague_holds(staff, now),
    )
    if not updated_one_row(session, here.values(place=place, office_id=office.id, claimed_by=None, claimed_at=None)):
        raise Refused("not_now", N_("现在不能更改办理地点：申请已经变化。请刷新页面，查看最新状态。"), 409)
    session.add(_change(application.id, former, place, staff, reason, now))
    note(session, application.id, Actor.staff(staff.id), Action.PLACE_CHANGED, now, f"{former} {place}: {reason}")


def _change(application_id: int, former: str, place: str, staff: Staff, reason: str, now: datetime) -> PlaceChange:
    return PlaceChange(
        application_id=application_id,
        former=former,
        place=place,
        office_id=staff.office_id,
        staff_id=staff.id,
        reason=reason,
        changed_at=now,
    )
