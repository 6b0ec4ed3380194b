"""Tables of the application and of what was handed over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.application.rules import branch_of
from app.application.workflow import Branch, Status
from app.base.database import Base
from app.identity.model import Candidate, Office, Staff


class Batch(Base):
    """毕业年月: a month such as 202612 in which certificates are issued, and when one may apply for it.

    `universities` are those whose programmes it is for (专业建设主考学校); none means all. `version` grows with every
    change.
    """

    __tablename__ = "batch"

    month: Mapped[str] = mapped_column(String(6), primary_key=True)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    universities: Mapped[list[str]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column(default=0)


class Application(Base):
    """One candidate's way to graduation. `tag` is opaque and names it to phones; `version` grows with every change.

    The live one is the one without `closed_at`: at most one a candidate. `place` is the GB/T 2260 code of 办理地点;
    it decides the office. `claimed_by` is the reviewer who is looking at it.
    """

    __tablename__ = "application"
    __table_args__ = (
        Index(
            "uq_application_live",
            "candidate_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_application_candidate", "candidate_id"),
        Index("ix_application_city_queue", "office_id", "status", "status_since", "id"),
        Index("ix_application_queue", "status", "status_since", "id"),
        Index("ix_application_register_next_at", "register_next_at"),
        Index(
            "ix_application_held",
            "claimed_at",
            sqlite_where=text("claimed_at IS NOT NULL"),
            postgresql_where=text("claimed_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    tag: Mapped[str] = mapped_column(String(22), unique=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    status: Mapped[Status] = mapped_column(String(30))
    version: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(String(2), default="zh")
    applied_at: Mapped[datetime]
    status_since: Mapped[datetime]
    consented_at: Mapped[datetime | None]
    informed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    major: Mapped[str] = mapped_column(String(60), default="")
    programme_university: Mapped[str] = mapped_column(String(60), default="")
    course_group: Mapped[str] = mapped_column(String(30), default="")
    examining_university: Mapped[str] = mapped_column(String(60), default="")
    batch: Mapped[str] = mapped_column(String(6), default="")
    place: Mapped[str] = mapped_column(String(6), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    claimed_at: Mapped[datetime | None]
    register_tries: Mapped[int] = mapped_column(default=0)
    register_next_at: Mapped[datetime | None]
    candidate: Mapped[Candidate] = relationship()
    office: Mapped[Office | None] = relationship()
    claimer: Mapped[Staff | None] = relationship()

    @property
    def branch(self) -> Branch:
        """Which way through the procedure it takes."""
        return branch_of(self.candidate.id_type)


PAPERS = "papers"  # the place of the consent to pictures of ID documents, which is asked for apart


class Consent(Base):
    """That a person agreed to one version of the text, when, and at which place: desk, phone or PAPERS."""

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
    handed_over_at: Mapped[datetime] = mapped_column(index=True)
