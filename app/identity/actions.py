"""Logging in and out."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.base import tokens
from app.base.errors import N_, Refused
from app.base.race import won
from app.identity.model import Candidate, Login, Staff
from app.identity.queries import person_named

# OWASP's second choice for Argon2id: 19 MiB, two passes; it holds the event loop for about 20 ms.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
SEEN_STEP = timedelta(seconds=60)


@cache
def _nobodys_hash() -> str:
    return HASHER.hash(tokens.secret())


def check_password(session: Session, name: str, password: str) -> Candidate | Staff:
    """The person, or Refused. Takes as long for a name that does not exist."""
    person = person_named(session, name)
    try:
        HASHER.verify(person.password_hash if person else _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        person = None
    if person is None:
        raise Refused("wrong_login", N_("准考证号或密码不对。请核对后再试；忘记密码请联系客服。"), 403)
    return person


def start_login(session: Session, person: Candidate | Staff, now: datetime) -> str:
    """A new login; returns the secret for the cookie."""
    secret = tokens.secret()
    owner = {"candidate_id": person.id} if isinstance(person, Candidate) else {"staff_id": person.id}
    session.add(Login(secret_hash=tokens.digest(secret), started_at=now, seen_at=now, **owner))
    return secret


def end_login(session: Session, login_id: int, now: datetime) -> bool:
    """Log out; whether it was this call that did it."""
    return won(session, update(Login).where(Login.id == login_id, Login.ended_at.is_(None)).values(ended_at=now))


def is_stale(login: Login, now: datetime) -> bool:
    """Whether `seen_at` is old enough to be worth a write."""
    return now - login.seen_at > SEEN_STEP


def keep_alive(session: Session, login_id: int, now: datetime) -> None:
    """The person (or their phone) is active."""
    session.execute(update(Login).where(Login.id == login_id, Login.ended_at.is_(None)).values(seen_at=now))
