"""What the operator's front page says about notices."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.base.errors import N_
from app.http.console import Need, NeedReading, NeedState
from app.http.provided import provided
from app.outbox.queries import counts
from app.outbox.rules import Channel, NoticeState
from app.outbox.settings import OutboxSettings


def notices(session: Session, now: datetime) -> NeedReading:  # noqa: ARG001 — as all that look
    """Somebody outside hears what happens here, and nothing was given up."""
    settings = provided(OutboxSettings)
    if not settings.webhook_url and not settings.mail_url:
        words = N_("没有设置：上级系统和您都收不到通知。需要时请设置 WEBHOOK_URL 或 MAIL_URL。")
        return NeedReading(NeedState.ATTENTION, words)
    given_up = sum(counts(session, channel)[NoticeState.GIVEN_UP] for channel in Channel)
    if given_up:
        words = N_("%(n)s 条通知多次没有送到，已不再重试。请查明原因后再试一次。")
        return NeedReading(NeedState.ATTENTION, words, given_up, {"n": given_up})
    return NeedReading(NeedState.READY, N_("通知可以发出，没有送不到的。"))


NEEDS = (Need(N_("对外通知"), 80, notices, "/operate/notices"),)
