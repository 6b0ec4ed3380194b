"""Finding what is to be told, what was, and how the ways out fare."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.outbox.model import Notice, Way
from app.outbox.rules import Channel, NoticeState

SHOWN = 50
LATELY = 10


def next_due(session: Session, channel: Channel, now: datetime) -> Notice | None:
    """What is to be sent now: its time has come, and nothing before it of the same subject waits."""
    due = select(Notice).where(*_due(channel, now)).order_by(Notice.next_at, Notice.id)
    return session.scalar(due.limit(1))


def is_due(session: Session, channels: Sequence[Channel], now: datetime) -> bool:
    """Whether anything is to be sent now, by anybody."""
    free = or_(Way.paused_until.is_(None), Way.paused_until <= now)
    open_ways = session.scalars(select(Way.channel).where(Way.channel.in_(channels), free)).all()
    return any(session.scalar(select(exists().where(*_due(channel, now)))) for channel in open_ways)


def _due(channel: Channel, now: datetime) -> tuple[ColumnElement[bool], ...]:
    ahead = aliased(Notice)
    waits_behind = exists().where(
        ahead.subject == Notice.subject,
        ahead.id < Notice.id,
        ahead.channel == Notice.channel,
        ahead.state == NoticeState.WAITING,
    )
    return Notice.channel == channel, Notice.state == NoticeState.WAITING, Notice.next_at <= now, ~waits_behind


def counts(session: Session, channel: Channel) -> dict[NoticeState, int]:
    """How many notices are in which state."""
    rows = select(Notice.state, func.count()).where(Notice.channel == channel).group_by(Notice.state)
    found = {NoticeState(state): number for state, number in session.execute(rows)}
    return {state: found.get(state, 0) for state in NoticeState}


def oldest_waiting(session: Session, channel: Channel, now: datetime) -> datetime | None:
    """Since when the oldest notice waits that might have been sent by now; None when none does."""
    waits = select(func.min(Notice.since)).where(Notice.channel == channel, Notice.state == NoticeState.WAITING)
    return session.scalar(waits.where(Notice.since <= now))


def listed(session: Session, channel: Channel, state: NoticeState, most: int | None = None) -> Sequence[Notice]:
    """Those in this state; what waits by its turn, what has ended newest first."""
    rows = select(Notice).where(Notice.channel == channel, Notice.state == state)
    turn = (Notice.next_at, Notice.id) if state == NoticeState.WAITING else (Notice.ended_at.desc(), Notice.id.desc())
    return session.scalars(rows.order_by(*turn).limit(most or SHOWN)).all()


def of_act(session: Session, subject: str, act: str) -> Notice | None:
    """What was told of one act of a review."""
    return session.scalar(select(Notice).where(Notice.subject == subject, Notice.act == act).limit(1))
