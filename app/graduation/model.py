"""Tables of the application and of what was handed over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base.db import Base
from app.graduation.workflow import Status
from app.identity.model import Candidate


class Application(Base):
    """One candidate's way to graduation. `tag` is opaque and names it to phones; `version` grows with every change."""

    __tablename__ = "application"

    id: Mapped[int] = mapped_column(primary_key=True)
    tag: Mapped[str] = mapped_column(String(22), unique=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), unique=True)
    status: Mapped[Status] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(String(2), default="zh")
    applied_at: Mapped[datetime]
    status_since: Mapped[datetime]
    consented_at: Mapped[datetime | None]
    informed_at: Mapped[datetime | None]
    candidate: Mapped[Candidate] = relationship()


class Consent(Base):
    """That a person agreed to one version of the text, where and when."""

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("application_id", "version", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    version: Mapped[str] = mapped_column(String(20))
    text_hash: Mapped[str] = mapped_column(String(64))
    place: Mapped[str] = mapped_column(String(10))
    given_at: Mapped[datetime]


class Receipt(Base):
    """What a candidate handed over, and when; kept for ever."""

    __tablename__ = "receipt"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    facts: Mapped[dict[str, str | int]] = mapped_column(JSON)
    handed_over_at: Mapped[datetime]
