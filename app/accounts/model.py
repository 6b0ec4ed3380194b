"""Tables of what opens an account beside its password."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.base.database import Base


class RecoveryCode(Base):
    """One of ten that open once in the place of a code of the second factor; `hidden` is its keyed hash."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    hidden: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class PasswordReset(Base):
    """A one-time code for a candidate who has forgotten their password: who gave it out (`by`: office or support),
    until when it opens, and when the candidate has read that it was given out.

    Where `hidden` is empty, what the caller said was not what is on record, and there was no code.
    """

    __tablename__ = "password_reset"

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    by: Mapped[str] = mapped_column(String(60))
    hidden: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    dismissed_at: Mapped[datetime | None]
