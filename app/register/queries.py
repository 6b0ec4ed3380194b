"""Finding people in the local copy of the register."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.register.model import RegisterEntry


def entry_of(session: Session, id_number: str) -> RegisterEntry | None:
    """The person with this number, whose last character may be x or X."""
    return session.get(RegisterEntry, id_number.upper())


def is_empty(session: Session) -> bool:
    """Whether nobody has imported anything."""
    return session.scalar(select(RegisterEntry.id_number).limit(1)) is None
