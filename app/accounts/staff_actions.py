"""Making, changing and disabling the accounts of staff. Each act is recorded in its transaction.

Passwords are hashed before: a transaction waits for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.accounts.model import RecoveryCode
from app.accounts.staff_queries import operators, staff_named, staff_of
from app.accounts.staff_rules import LAST_OPERATOR, NO_OFFICE, TAKEN
from app.base.audit import record
from app.base.database import updated_one_row
from app.base.errors import N_, Refused
from app.identity.act_rules import Act
from app.identity.actions import LoginEnded, end_logins
from app.identity.actor_rules import Actor, StaffRole
from app.identity.model import Staff

UNCHANGED = N_("这位工作人员的状态刚刚已经变化。请刷新页面后再看。")


@dataclass(frozen=True)
class Post:
    """What somebody is here: their name, role, office and ID number, checked."""

    name: str
    role: StaffRole
    office_id: int | None = None
    id_number: str | None = None

    def __post_init__(self) -> None:
        if self.role == StaffRole.REVIEWER and self.office_id is None:
            raise Refused("no_office", NO_OFFICE, 422)

    @property
    def words(self) -> str:
        """For the audit: no personal data."""
        return f"role={self.role} office={self.office_id or '-'}"


def add(session: Session, login_name: str, post: Post, hashed: str, by: Actor, now: datetime) -> Staff:
    """A new account; its first password has to be changed before anything else."""
    if staff_named(session, login_name):
        raise Refused("taken", TAKEN, 409)
    made = Staff(login_name=login_name, password_hash=hashed, must_change_password=True)
    made.name, made.role, made.office_id, made.id_number = post.name, post.role, post.office_id, post.id_number
    session.add(made)
    session.flush()
    record(session, None, str(by), Act.STAFF_ADDED, now, f"{Actor.staff(made.id)} {post.words}")
    return made


def change(session: Session, staff_id: int, post: Post, by: Actor, now: datetime) -> None:
    """Another name, role, office or ID number. Refused when nobody would be left to run the service."""
    person = staff_of(session, staff_id)
    if post.role != StaffRole.OPERATOR:
        _not_the_last(session, person.id)
    before = (person.name, StaffRole(person.role), person.office_id, person.id_number)
    if before == (post.name, post.role, post.office_id, post.id_number):
        return
    person.name, person.role, person.office_id, person.id_number = post.name, post.role, post.office_id, post.id_number
    record(session, None, str(by), Act.STAFF_CHANGED, now, f"{Actor.staff(staff_id)} {post.words}")


def disable(session: Session, staff_id: int, ended: LoginEnded, by: Actor, now: datetime) -> None:
    """The account opens nothing any more, and its logins end at once."""
    person = staff_of(session, staff_id)
    _not_the_last(session, person.id)
    able = update(Staff).where(Staff.id == staff_id, Staff.disabled_at.is_(None))
    if not updated_one_row(session, able.values(disabled_at=now)):
        raise Refused("not_now", UNCHANGED, 409)
    end_logins(session, person, now, ended)
    record(session, None, str(by), Act.STAFF_DISABLED, now, str(Actor.staff(staff_id)))


def enable(session: Session, staff_id: int, by: Actor, now: datetime) -> None:
    """It opens again, with the password it had."""
    staff_of(session, staff_id)
    disabled = update(Staff).where(Staff.id == staff_id, Staff.disabled_at.is_not(None))
    if not updated_one_row(session, disabled.values(disabled_at=None)):
        raise Refused("not_now", UNCHANGED, 409)
    record(session, None, str(by), Act.STAFF_ENABLED, now, str(Actor.staff(staff_id)))


def reset_password(session: Session, staff_id: int, hashed: str, ended: LoginEnded, by: Actor, now: datetime) -> None:
    """A one-time password in the place of the one that was forgotten; their logins end."""
    person = staff_of(session, staff_id)
    person.password_hash, person.must_change_password, person.password_changed_at = hashed, True, now
    end_logins(session, person, now, ended)
    record(session, None, str(by), Act.STAFF_PASSWORD_RESET, now, str(Actor.staff(staff_id)))


def reset_second(session: Session, staff_id: int, ended: LoginEnded, by: Actor, now: datetime) -> None:
    """The second factor of somebody who has lost it, and its recovery codes, are gone; their logins end."""
    person = staff_of(session, staff_id)
    person.totp_sealed, person.wrong_codes = "", 0
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
    end_logins(session, person, now, ended)
    record(session, None, str(by), Act.STAFF_SECOND_RESET, now, str(Actor.staff(staff_id)))


def _not_the_last(session: Session, staff_id: int) -> None:
    if operators(session) == [staff_id]:
        raise Refused("last_operator", LAST_OPERATOR, 409)
