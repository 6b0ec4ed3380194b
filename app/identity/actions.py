"""Logging in and out."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.base import tokens
from app.base.database import updated_one_row
from app.identity.model import Candidate, Login, Staff

SEEN_STEP = timedelta(seconds=60)


def start_login(session: Session, person: Candidate | Staff, now: datetime) -> str:
    """A new login; returns the secret for the cookie."""
    secret = tokens.secret()
    owner = {"candidate_id": person.id} if isinstance(person, Candidate) else {"staff_id": person.id}
    session.add(Login(secret_hash=tokens.digest(secret), started_at=now, seen_at=now, **owner))
    return secret


def end_login(session: Session, login_id: int, now: datetime) -> bool:
    """Log out; whether it was this call that did it."""
    return updated_one_row(
        session, update(Login).where(Login.id == login_id, Login.ended_at.is_(None)).values(ended_at=now)
    )


def is_stale(login: Login, now: datetime) -> bool:
    """Whether `seen_at` is old enough to be worth a write."""
    return now - login.seen_at > SEEN_STEP


def keep_alive(session: Session, login_id: int, now: datetime) -> None:
    """The person (or their phone) is active."""
    session.execute(update(Login).where(Login.id == login_id, Login.ended_at.is_(None)).values(seen_at=now))
