"""Tables of pairings, their links and their history."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.application.model import Application
from app.application.status_row_rules import Subject
from app.base.database import Base
from app.pairing.rules import End, EventCode, Purpose, State


class Pairing(Base):
    """At most one without `ended_at` per application: the index says so, not the code.

    `subject` is what the phone takes: a portrait, or ID documents. `code_number`: which of its typed codes is shown.
    """

    __tablename__ = "pairing"
    __table_args__ = (
        Index(
            "uq_pairing_live",
            "application_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    login_id: Mapped[int | None] = mapped_column(ForeignKey("login.id"), index=True)
    subject: Mapped[Subject] = mapped_column(String(10), default=Subject.PORTRAIT)
    state: Mapped[State] = mapped_column(String(10), default=State.ISSUED)
    created_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    permitted_until: Mapped[datetime | None]
    confirmation_code: Mapped[str | None] = mapped_column(String(4))
    same_device: Mapped[bool] = mapped_column(default=False)
    progress: Mapped[str | None] = mapped_column(String(20))
    trouble: Mapped[EventCode | None] = mapped_column(String(20))
    online: Mapped[bool] = mapped_column(default=False)
    uploads: Mapped[int] = mapped_column(default=0)
    code_number: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[End | None] = mapped_column(String(20))
    application: Mapped[Application] = relationship(lazy="joined")

    def ended(self, now: datetime) -> End | None:
        """Why it is over, or None while it lives."""
        if self.ended_at:
            return self.end_reason
        return End.EXPIRED if self.permitted_until and now >= self.permitted_until else None


class Link(Base):
    """One signed token, or one code to type, by its hash. A pairing may have several.

    `made_by`: the key of a browser that will move; `selector`: what a typed code is found by.
    """

    __tablename__ = "link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(String(10))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    spent_at: Mapped[datetime | None]
    wrong_tries: Mapped[int] = mapped_column(default=0)
    made_by: Mapped[str | None] = mapped_column(String(64))
    selector: Mapped[str | None] = mapped_column(String(64), index=True)
    pairing: Mapped[Pairing] = relationship(lazy="joined")


class PhoneSession(Base):
    """A browser that holds, or held, a pairing: its cookie's hash, and the hash of the nonce it claimed with.

    `moved_at`: when another browser took the pairing over; `came_by`: the link that it claimed.
    """

    __tablename__ = "phone_session"

    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    nonce_hash: Mapped[str | None] = mapped_column(String(64))
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), index=True)
    made_at: Mapped[datetime]
    moved_at: Mapped[datetime | None]
    came_by: Mapped[str | None] = mapped_column(String(64))
    pairing: Mapped[Pairing] = relationship(lazy="joined")


class PairingEvent(Base):
    """History, for the desktop's reasons and for support: a code and a harmless detail."""

    __tablename__ = "pairing_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), index=True)
    at: Mapped[datetime]
    code: Mapped[EventCode] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(String(80), default="")
