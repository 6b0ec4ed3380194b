"""A new password: whether it may be one, and putting it in the place of the old one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.accounts.password_rules import DIFFERENT, SAME, Weakness, weaknesses
from app.accounts.person_rules import Person, actor_of, least_of, names_of, numbers_of
from app.accounts.throttle import CodeThrottle
from app.base.audit import record
from app.base.database import updated_one_row
from app.base.errors import N_, Refused
from app.identity.act_rules import Act
from app.identity.actions import LoginEnded, end_logins
from app.identity.model import Candidate, Staff
from app.identity.passwords import LONGEST, Passwords

WRONG_CURRENT = N_("现在的密码不对。请重新输入；忘记了的话，请退出后走“忘记密码”。")
MEANWHILE = N_("密码刚刚已经在别处改过。请用新的密码重新登录。")


class OwnPassword:
    """Looks at passwords of somebody who is logged in. Waits for a worker process: only outside of transactions."""

    def __init__(self, passwords: Passwords, throttle: CodeThrottle) -> None:
        self._passwords, self._throttle = passwords, throttle

    def check(self, person: Person, login_id: int, given: str) -> None:
        """Refused when this is not their password, or was tried too often in this login."""
        counted = self._throttle.own_password(login_id)
        try:
            right = len(given) <= LONGEST and self._passwords.are_right(person.password_hash, given)
        except Refused:
            self._throttle.back(counted)
            raise
        if not right:
            raise Refused("wrong_current", WRONG_CURRENT, 422)
        self._throttle.back(counted)

    def hash_of(self, password: str) -> str:
        """What the database keeps of a new one."""
        return self._passwords.hash_of(password)


def faults_of(person: Person, new: str, again: str, current: str | None = None) -> list[Weakness]:
    """Why this cannot be the new password, all reasons; an empty list when it can."""
    found = weaknesses(new, least_of(person), numbers_of(person), names_of(person))
    if current is not None and new == current:
        found.append(Weakness(SAME, {}))
    if new != again:
        found.append(Weakness(DIFFERENT, {}))
    return found


def set_password(
    session: Session, person: Person, hashed: str, ended: LoginEnded, now: datetime, login_id: int | None
) -> None:
    """The new password counts from now on; every login but this one ends. Refused when another was set meanwhile."""
    table = Candidate if isinstance(person, Candidate) else Staff
    as_it_was = update(table).where(table.id == person.id, table.password_hash == person.password_hash)
    new = {"password_hash": hashed, "must_change_password": False, "password_changed_at": now}
    if not updated_one_row(session, as_it_was.values(**new)):
        raise Refused("meanwhile", MEANWHILE, 409)
    end_logins(session, person, now, ended, but=login_id)
    record(session, None, str(actor_of(person)), Act.PASSWORD_CHANGED, now)
