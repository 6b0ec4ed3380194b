"""Tables of launches and of requests that carried data."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base.database import Base
from app.identity.model import Candidate
from app.jobs.model import Job


class Launched(Base):
    """A launch that was accepted: its nonce is used up. `ticket_hash` is of the secret that the browser holds until
    the person has confirmed; `entered_at` is when that was, or when they said that it is not them."""

    __tablename__ = "launch"
    __table_args__ = (UniqueConstraint("key_id", "nonce"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key_id: Mapped[str] = mapped_column(String(16))
    nonce: Mapped[str] = mapped_column(String(64))
    ticket_hash: Mapped[str] = mapped_column(String(64), unique=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    destination: Mapped[str] = mapped_column(String(200))
    arrived_at: Mapped[datetime] = mapped_column(index=True)
    entered_at: Mapped[datetime | None]
    candidate: Mapped[Candidate] = relationship(lazy="joined")


class ParentRequest(Base):
    """Rows that the parent system has sent, under an id of its own choice; the job that takes them over.

    `rows` are sealed, and gone once the job has ended; `findings`, sealed too, say what was wrong with which.
    """

    __tablename__ = "parent_request"
    __table_args__ = (UniqueConstraint("key_id", "request_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key_id: Mapped[str] = mapped_column(String(16))
    request_id: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    rows: Mapped[bytes | None] = mapped_column(LargeBinary)
    findings: Mapped[bytes | None] = mapped_column(LargeBinary)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"))
    received_at: Mapped[datetime] = mapped_column(index=True)
    job: Mapped[Job] = relationship(lazy="joined")
