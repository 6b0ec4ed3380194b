"""Whose forgotten password somebody may reset, and which codes were given out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.model import PasswordReset
from app.identity.actor_rules import Role, StaffRole
from app.identity.model import Candidate, Staff
from app.identity.queries import nearest_office

A_DAY = timedelta(hours=24)


class OfficesOf(Protocol):
    """The ids of the offices that a candidate's live application belongs to: a later slice knows."""

    def __call__(self, session: Session, candidate_id: int) -> set[int]: ...


def candidate_for(session: Session, person: Staff, exam_number: str, offices_of: OfficesOf) -> Candidate | None:
    """The candidate with this number, if it is for this member of staff to reset their password: support and the
    province all, a city those of its city, and those whose application it has."""
    found = session.scalar(select(Candidate).where(Candidate.exam_number == exam_number))
    if found is None or person.role == StaffRole.SUPPORT:
        return found
    office = person.office
    if office is None:
        return None
    nearest = nearest_office(session, found)
    theirs = offices_of(session, found.id) | ({nearest.id} if nearest else set())
    return found if office.level == Role.PROVINCE or office.id in theirs else None


def mismatches_today(session: Session, candidate_id: int, now: datetime) -> int:
    """How often within 24 hours a caller said what is not on record."""
    said = (
        PasswordReset.candidate_id == candidate_id,
        PasswordReset.hidden == "",
        PasswordReset.asked_at > now - A_DAY,
    )
    return session.scalar(select(func.count(PasswordReset.id)).where(*said)) or 0


def live_reset(session: Session, candidate_id: int, now: datetime) -> PasswordReset | None:
    """The code that opens now, if there is one."""
    alive = (PasswordReset.hidden != "", PasswordReset.used_at.is_(None), PasswordReset.ended_at.is_(None))
    mine = (PasswordReset.candidate_id == candidate_id, PasswordReset.expires_at > now)
    return session.scalar(select(PasswordReset).where(*mine, *alive))


def unread_resets(session: Session, candidate_id: int) -> list[PasswordReset]:
    """Codes that were given out and that the candidate has not yet taken note of, the newest first."""
    unread = (
        PasswordReset.candidate_id == candidate_id,
        PasswordReset.hidden != "",
        PasswordReset.dismissed_at.is_(None),
    )
    return list(session.scalars(select(PasswordReset).where(*unread).order_by(PasswordReset.id.desc())))
