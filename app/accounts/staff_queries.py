"""Who works here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.staff_rules import NOT_THERE, ROLES
from app.base.errors import Refused
from app.identity.actor_rules import StaffRole
from app.identity.model import Login, Office, Staff
from app.identity.rules import as_login_name


@dataclass(frozen=True)
class StaffRow:
    """A line of the list: somebody, what their role is called, and when they logged in last."""

    staff: Staff
    role: str
    last_login: datetime | None


def everybody(session: Session) -> list[StaffRow]:
    """All staff by role and name, those who are disabled last."""
    last = select(Login.staff_id, func.max(Login.started_at).label("at")).group_by(Login.staff_id).subquery()
    rows = session.execute(select(Staff, last.c.at).outerjoin(last, last.c.staff_id == Staff.id)).unique()
    found = [StaffRow(staff, ROLES[StaffRole(staff.role)], at) for staff, at in rows]
    order = list(StaffRole)
    return sorted(found, key=lambda each: (each.staff.is_disabled, order.index(each.staff.role), each.staff.login_name))


def staff_of(session: Session, staff_id: int) -> Staff:
    """The member of staff with this id, or Refused 404."""
    found = session.get(Staff, staff_id)
    if found is None:
        raise Refused("not_found", NOT_THERE, 404)
    return found


def staff_named(session: Session, login_name: str) -> Staff | None:
    """Whoever logs in under this name."""
    return session.scalar(select(Staff).where(Staff.login_name == as_login_name(login_name)))


def operators(session: Session) -> list[int]:
    """The ids of everybody who runs the service and is not disabled. Held until the transaction ends, so that of two
    who leave at once the second sees that the first has gone."""
    able = (Staff.role == StaffRole.OPERATOR, Staff.disabled_at.is_(None))
    return list(session.scalars(select(Staff.id).where(*able).order_by(Staff.id).with_for_update()))


def all_offices(session: Session) -> list[Office]:
    """Every office, the provincial one first."""
    return list(session.scalars(select(Office).order_by(Office.city, Office.id)))


def office_coded(session: Session, code: str) -> Office | None:
    """The office with this code."""
    return session.scalar(select(Office).where(Office.code == code))
