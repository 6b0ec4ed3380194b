"""Table of long work."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base.database import Base
from app.base.json_values import JsonObject
from app.identity.model import Staff
from app.jobs.rules import JobState

RUNNING = text("state = 'running'")


class Job(Base):
    """One piece of long work: what was asked for, how far it is, what came of it.

    Of the jobs with the same `exclusive` at most one runs at a time. `asked_by` is None for the command line. `tries`
    counts how often it was begun: whoever runs it may change it only while that is its own number. `done` of `total`
    are counted in what `step` names; a total of 0 is not known yet. `arguments` and `outcome` hold no personal data.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index("uq_job_exclusive", "exclusive", unique=True, sqlite_where=RUNNING, postgresql_where=RUNNING),
        Index("ix_job_state", "state", "id"),
        Index("ix_job_kind", "kind", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    exclusive: Mapped[str] = mapped_column(String(30))
    arguments: Mapped[JsonObject] = mapped_column(JSON)
    state: Mapped[JobState] = mapped_column(String(10))
    step: Mapped[str] = mapped_column(String(30), default="")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    stop_asked: Mapped[bool] = mapped_column(default=False)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    beat_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[JsonObject] = mapped_column(JSON, default=dict)
    error: Mapped[str] = mapped_column(String(300), default="")
    asker: Mapped[Staff | None] = relationship(lazy="joined")
