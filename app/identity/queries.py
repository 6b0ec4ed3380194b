"""Finding people and logins."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.base.tokens import digest
from app.identity.actor_rules import Role
from app.identity.model import Candidate, Login, Office, Staff
from app.identity.rules import is_idle


def person_named(session: Session, name: str) -> Candidate | Staff | None:
    """The candidate with this 准考证号, or the staff member with this login name."""
    candidate = session.scalar(select(Candidate).where(Candidate.exam_number == name))
    return candidate or session.scalar(select(Staff).where(Staff.login_name == name))


def is_as_it_was(session: Session, person: Candidate | Staff) -> bool:
    """Whether this person's password is still the one that was looked at, and the account open: held until the
    transaction ends, so that whoever ends their logins meanwhile ends one that begins in it too."""
    if isinstance(person, Candidate):
        rows = select(Candidate.id).where(Candidate.id == person.id, Candidate.password_hash == person.password_hash)
    else:
        rows = select(Staff.id).where(Staff.id == person.id, Staff.password_hash == person.password_hash)
        rows = rows.where(Staff.disabled_at.is_(None))
    return session.scalar(rows.with_for_update(read=True)) is not None


def live_login(session: Session, secret: str, now: datetime, idle_minutes: int) -> Login | None:
    """The login that this cookie's secret opens, unless it has ended or gone idle, or its owner is disabled."""
    login = session.scalar(select(Login).where(Login.secret_hash == digest(secret)))
    if login is None or login.ended_at or is_idle(login.seen_at, now, idle_minutes):
        return None
    return None if login.person.is_disabled else login


def open_logins(session: Session, person: Candidate | Staff, now: datetime, idle_minutes: int) -> list[Login]:
    """Where this person is logged in now, the newest first."""
    rows = session.scalars(
        select(Login).where(owned_by(person), Login.ended_at.is_(None)).order_by(Login.started_at.desc())
    )
    return [each for each in rows if not is_idle(each.seen_at, now, idle_minutes)]


def owned_by(person: Candidate | Staff) -> ColumnElement[bool]:
    """Rows of `login` that are this person's."""
    return (Login.candidate_id if isinstance(person, Candidate) else Login.staff_id) == person.id


def nearest_office(session: Session, candidate: Candidate) -> Office | None:
    """Whom a candidate turns to before an office has their application: that of their city, else the provincial one."""
    offices = list(session.scalars(select(Office).where(Office.active).order_by(Office.id)))
    of_city = [each for each in offices if candidate.city and each.name.startswith(candidate.city)]
    found = of_city or [each for each in offices if each.level == Role.PROVINCE]
    return found[0] if found else None
