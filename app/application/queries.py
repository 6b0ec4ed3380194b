"""Finding applications, batches and offices."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.application.audit_rules import Action
from app.application.model import Application, Batch, Receipt
from app.application.place_rules import city_of
from app.application.status_rules import STATUSES
from app.application.workflow import REVIEW, Status, allowed
from app.base.audit import AuditRow
from app.identity.actor_rules import Role
from app.identity.model import Office
from app.study.queries import Progress, forecast_of

FORECAST_UNMADE = "forecast"  # the detail of the audit row
DECIDED = tuple({step.action for step in REVIEW})


def application_of(session: Session, candidate_id: int) -> Application | None:
    """The candidate's live application, once there is one."""
    live = (Application.candidate_id == candidate_id, Application.closed_at.is_(None))
    return session.scalar(select(Application).where(*live))


def status_of(session: Session, candidate_id: int) -> Status:
    """Where the candidate's live application stands; FORM before there is one."""
    application = application_of(session, candidate_id)
    return Status(application.status) if application else Status.FORM


def progress_of(session: Session, candidate_id: int) -> Progress:
    """How far the candidate has come in the procedure."""
    status = status_of(session, candidate_id)
    return Progress(status != Status.FORM, STATUSES[status].step)


def applications_of(session: Session, candidate_id: int) -> list[Application]:
    """The candidate's applications, newest first; those before the live one are closed."""
    of_them = select(Application).where(Application.candidate_id == candidate_id)
    return list(session.scalars(of_them.order_by(Application.id.desc())))


def receipts_of(session: Session, application_id: int, kind: str = "") -> list[Receipt]:
    """All receipts, or those of one kind, newest first."""
    of_it = select(Receipt).where(Receipt.application_id == application_id)
    if kind:
        of_it = of_it.where(Receipt.kind == kind)
    return list(session.scalars(of_it.order_by(Receipt.id.desc())))


def batches(session: Session) -> list[Batch]:
    """Every 毕业年月, oldest first."""
    return list(session.scalars(select(Batch).order_by(Batch.month)))


def city_offices(session: Session) -> dict[str, Office]:
    """The city offices by the code of their city."""
    rows = session.scalars(select(Office).where(Office.level == Role.CITY, Office.city != ""))
    return {office.city: office for office in rows}


def office_of(session: Session, place: str) -> Office | None:
    """The city office that a place (GB/T 2260) belongs to."""
    city = city_of(place)
    return session.scalar(select(Office).where(Office.level == Role.CITY, Office.city == city)) if city else None


def has_been_decided(session: Session, application_id: int) -> bool:
    """Whether an office has ever decided about it, even if that was undone."""
    decided = exists().where(AuditRow.application_id == application_id, AuditRow.action.in_(DECIDED))
    return bool(session.scalar(select(decided)))


def is_held(session: Session, application: Application, now: datetime) -> bool:
    """Whether an import has unmade the forecast, and it has not been made good since."""
    unmade = exists().where(
        AuditRow.application_id == application.id,
        AuditRow.action == Action.RECORD_CHANGED,
        AuditRow.detail == FORECAST_UNMADE,
    )
    return bool(session.scalar(select(unmade))) and not forecast_of(session, application.candidate, now).passed


def may_withdraw(session: Session, application: Application) -> bool:
    """Whether no office has begun with it: the table has the step, nobody has claimed it, nobody has decided."""
    steps = allowed(Status(application.status), Role.CANDIDATE, application.branch)
    untouched = Action.WITHDRAW in steps and application.claimed_by is None
    return untouched and not has_been_decided(session, application.id)
