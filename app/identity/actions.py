"""Logging in and out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.base import tokens
from app.base.database import updated_one_row
from app.identity.model import Candidate, Login, Staff
from app.identity.queries import owned_by

SEEN_STEP = timedelta(seconds=60)
LoginEnded = Callable[[Session, int, datetime], None]  # what else ends with the login of this id


def start_login(session: Session, person: Candidate | Staff, now: datetime, device: str = "") -> str:
    """A new login, in a browser of these words; returns the secret for the cookie."""
    secret = tokens.secret()
    owner = {"candidate_id": person.id} if isinstance(person, Candidate) else {"staff_id": person.id}
    session.add(Login(secret_hash=tokens.digest(secret), device=device, started_at=now, seen_at=now, **owner))
    return secret


def end_login(session: Session, login_id: int, now: datetime) -> bool:
    """Log out; whether it was this call that did it."""
    return updated_one_row(
        session, update(Login).where(Login.id == login_id, Login.ended_at.is_(None)).values(ended_at=now)
    )


def end_logins(
    session: Session, person: Candidate | Staff, now: datetime, ended: LoginEnded, but: int | None = None
) -> int:
    """All logins of this person end, `but` this one, and what they minted with them; how many there were."""
    others = select(Login.id).where(owned_by(person), Login.ended_at.is_(None), Login.id != (but or 0))
    found = [each for each in session.scalars(others).all() if end_login(session, each, now)]
    for login_id in found:
        ended(session, login_id, now)
    return len(found)


def is_stale(login: Login, now: datetime) -> bool:
    """Whether `seen_at` is old enough to be worth a write."""
    return now - login.seen_at > SEEN_STEP


def keep_alive(session: Session, login_id: int, now: datetime) -> None:
    """The person (or their phone) is active."""
    session.execute(update(Login).where(Login.id == login_id, Login.ended_at.is_(None)).values(seen_at=now))
