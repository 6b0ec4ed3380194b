"""Tables of what is told to others, and of the ways on which it goes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base.database import Base
from app.base.json_values import JsonObject
from app.identity.model import Candidate
from app.outbox.rules import Channel, NoticeKind, NoticeState

WAITING = text("state = 'waiting'")


class Notice(Base):
    """One thing that is told on one channel; a row of the transaction in which it happened.

    `name` is what receivers know it by. Notices of one `subject` (an application's tag) go out in the order of their
    ids. `act` is the review's act that it tells of. `tries` counts how often sending was begun; it is given up
    TRIED_FOR after `since`. It names its candidate by the row and holds no personal data; `error` is a
    code (`rules.Tried`).
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_due", "channel", "next_at", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_notice_subject", "subject", "id"),
        Index("ix_notice_state", "state", "channel", "ended_at"),
        {"sqlite_autoincrement": True},  # receivers order by the id: it is never used twice
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(24), unique=True)
    channel: Mapped[Channel] = mapped_column(String(10))
    kind: Mapped[NoticeKind] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(24))
    act: Mapped[str] = mapped_column(String(22), default="")
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("candidate.id"))
    facts: Mapped[JsonObject] = mapped_column(JSON)
    happened_at: Mapped[datetime]
    state: Mapped[NoticeState] = mapped_column(String(10))
    tries: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime]
    next_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(String(40), default="")
    candidate: Mapped[Candidate | None] = relationship()


class Way(Base):
    """How a channel fares. `failures` in a row; until `paused_until` nothing is sent on it.

    `holder` is the one deliverer that may send, until `held_until`.
    """

    __tablename__ = "notice_way"

    channel: Mapped[Channel] = mapped_column(String(10), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(String(40), default="")
    sent_at: Mapped[datetime | None]
    holder: Mapped[str] = mapped_column(String(22), default="")
    held_until: Mapped[datetime | None]
