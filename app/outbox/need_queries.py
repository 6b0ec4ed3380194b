"""What the operator's front page says about notices."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.base.clock import in_shanghai
from app.base.errors import N_
from app.http.console import Need, NeedReading, NeedState
from app.http.provided import provided
from app.outbox.queries import counts, oldest_waiting
from app.outbox.rules import STUCK, Channel, NoticeState
from app.outbox.settings import OutboxSettings


def notices(session: Session, now: datetime) -> NeedReading:
    """Somebody outside hears what happens here, nothing was given up, and nothing waits for long."""
    settings = provided(OutboxSettings)
    if not settings.webhook_url and not settings.mail_url:
        words = N_("没有设置：上级系统和您都收不到通知。需要时请设置 WEBHOOK_URL 或 MAIL_URL。")
        return NeedReading(NeedState.ATTENTION, words)
    given_up = sum(counts(session, channel)[NoticeState.GIVEN_UP] for channel in Channel)
    if given_up:
        words = N_("%(n)s 条通知多次没有送到，已不再重试。请查明原因后再试一次。")
        return NeedReading(NeedState.ATTENTION, words, given_up, {"n": given_up})
    set_up = {Channel.WEBHOOK: settings.webhook_url, Channel.MAIL: settings.mail_url}
    waits = [oldest_waiting(session, channel, now) for channel, url in set_up.items() if url]
    since = min(filter(None, waits), default=now)
    if now - since > STUCK:
        words = N_("最早的一条通知从 %(time)s 起一直没有送到。系统会继续重试；请查明原因。")
        return NeedReading(NeedState.ATTENTION, words, facts={"time": f"{in_shanghai(since):%Y-%m-%d %H:%M}"})
    return NeedReading(NeedState.READY, N_("通知可以发出，没有送不到的。"))


NEEDS = (Need(N_("对外通知"), 80, notices, "/operate/notices"),)
