"""Writing down what is to be told, in the transaction in which it happens; sending it is marked before and after.

One conditional UPDATE decides every race: who sends, whether something undone was already on its way.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Update, delete, or_, select, update
from sqlalchemy.orm import Session

from app.base.database import updated_one_row
from app.base.json_values import JsonObject
from app.outbox.model import Notice, Way
from app.outbox.queries import next_due, of_act
from app.outbox.rules import (
    FORGOTTEN,
    HELD_FOR,
    KEPT_FOR,
    TELL_AFTER,
    TRIED_FOR,
    Channel,
    NoticeKind,
    NoticeState,
    Tried,
    is_over,
    wait_after,
)

OPEN = "notice channels"  # in a session's info: the channels that are set up
AT_ONCE = 1000  # rows that are cleared away in one transaction
ONE_MAIL = timedelta(hours=6)  # of one kind to the operator


@dataclass(frozen=True)
class Happened:
    """What is told: of which kind, about whom, and the facts. Nothing of one `subject` overtakes another.

    `act` names what may still be undone until `held` is over: it is not sent before.
    """

    kind: NoticeKind
    facts: JsonObject = field(default_factory=dict)
    subject: str = ""
    candidate_id: int | None = None
    act: str = ""
    held: timedelta = timedelta(0)


def tell(session: Session, what: Happened, now: datetime, channel: Channel = Channel.WEBHOOK) -> Notice | None:
    """A notice that waits for its turn; None while this channel is not set up: nothing is kept for later then."""
    if channel not in session.info.get(OPEN, ()):
        return None
    name = secrets.token_hex(12)
    notice = Notice(
        name=name,
        channel=channel,
        kind=what.kind,
        subject=what.subject or name,
        act=what.act,
        candidate_id=what.candidate_id,
        facts=what.facts,
        happened_at=now,
        state=NoticeState.WAITING,
        since=now + what.held,
        next_at=now + what.held,
    )
    session.add(notice)
    return notice


def take_back(session: Session, undone: Happened, now: datetime) -> None:
    """What `undone.act` did is undone: if it was not told yet it never is, else that it is undone is told."""
    session.flush()
    told = of_act(session, undone.subject, undone.act)
    if told is None:
        return
    unsent = update(Notice).where(Notice.id == told.id, Notice.state == NoticeState.WAITING, Notice.tries == 0)
    if not updated_one_row(session, unsent.values(state=NoticeState.WITHDRAWN, ended_at=now)):
        happened = Happened(undone.kind, {**undone.facts, "undoes": told.name}, undone.subject, undone.candidate_id)
        tell(session, happened, now)


def tell_operator(session: Session, kind: NoticeKind, facts: JsonObject, now: datetime) -> None:
    """A mail to whoever runs the service; of one kind one in ONE_MAIL."""
    same = select(Notice.id).where(Notice.channel == Channel.MAIL, Notice.kind == kind)
    if session.scalar(same.where(Notice.happened_at > now - ONE_MAIL).limit(1)) is None:
        tell(session, Happened(kind, facts), now, Channel.MAIL)


def hold(session: Session, channel: Channel, holder: str, now: datetime) -> bool:
    """Whether `holder` is the one that sends on this channel, for HELD_FOR from now; nobody does while it is paused."""
    free = or_(Way.holder == holder, Way.held_until.is_(None), Way.held_until <= now)
    not_paused = or_(Way.paused_until.is_(None), Way.paused_until <= now)
    mine = update(Way).where(Way.channel == channel, free, not_paused)
    return updated_one_row(session, mine.values(holder=holder, held_until=now + HELD_FOR))


def let_go(session: Session, channel: Channel, holder: str) -> None:
    """Somebody else may send now."""
    session.execute(update(Way).where(Way.channel == channel, Way.holder == holder).values(holder="", held_until=None))


def begin_next(session: Session, channel: Channel, now: datetime) -> Notice | None:
    """The next notice, marked as tried before it is sent: whoever dies in the middle has left a failure behind, and
    it comes again after its wait. What waits behind it waits as long."""
    notice = next_due(session, channel, now)
    if notice is None:
        return None
    begun = update(Notice).where(
        Notice.id == notice.id, Notice.state == NoticeState.WAITING, Notice.tries == notice.tries, Notice.next_at <= now
    )
    tries, next_at = notice.tries + 1, now + wait_after(notice.tries + 1)
    return notice if updated_one_row(session, begun.values(tries=tries, next_at=next_at)) else None


def mark(session: Session, notice: Notice, outcome: Tried, now: datetime) -> None:
    """What became of a try. What was taken is over, whoever else has tried since; a failure is its own try's."""
    if outcome.taken:
        taken = update(Notice).where(Notice.id == notice.id, Notice.state != NoticeState.SENT)
        session.execute(taken.values(state=NoticeState.SENT, ended_at=now, error=""))
        well = {"failures": 0, "failing_since": None, "paused_until": None, "error": outcome.note, "sent_at": now}
        session.execute(_way(notice.channel).values(**well))
        return
    failed = _own(notice).values(error=outcome.code, next_at=max(notice.next_at, now + outcome.asked))
    over = is_over(notice.since, now)
    session.execute(failed.values(state=NoticeState.GIVEN_UP, ended_at=now) if over else failed)
    if outcome.of_all:
        _pause(session, notice.channel, outcome, now)
        over = bool(_give_up_old(session, notice.channel, outcome, now)) or over
    if over and notice.channel == Channel.WEBHOOK:
        tell_operator(session, NoticeKind.GAVE_UP, {}, now)


def _own(notice: Notice) -> Update:
    """A change that only whoever began this try may make."""
    return update(Notice).where(
        Notice.id == notice.id, Notice.state == NoticeState.WAITING, Notice.tries == notice.tries
    )


def _way(channel: Channel) -> Update:
    return update(Way).where(Way.channel == channel)


def _pause(session: Session, channel: Channel, outcome: Tried, now: datetime) -> None:
    """Others would fare alike: the channel waits, twice as long each time, and never less than was asked for."""
    way = session.get_one(Way, channel)
    failures, since = way.failures + 1, way.failing_since or now
    values = {"failures": failures, "failing_since": since, "error": outcome.code}
    session.execute(_way(channel).values(**values, paused_until=now + max(wait_after(failures), outcome.asked)))
    if failures == TELL_AFTER and channel == Channel.WEBHOOK:
        tell_operator(session, NoticeKind.CHANNEL_FAILS, {"error": outcome.code}, now)


def _give_up_old(session: Session, channel: Channel, outcome: Tried, now: datetime) -> int:
    """What has waited for TRIED_FOR is given up with the channel that fails; how many those are."""
    waiting = (Notice.channel == channel, Notice.state == NoticeState.WAITING)
    old = update(Notice).where(*waiting, Notice.since <= now - TRIED_FOR)
    return _changed(session, old.values(state=NoticeState.GIVEN_UP, ended_at=now, error=outcome.code))


def again(session: Session, channel: Channel, now: datetime, notice_id: int | None = None) -> int:
    """再试一次: what was given up (everything, or one, which may have been dropped) waits anew, and the channel is
    tried at once; how many."""
    states = [NoticeState.GIVEN_UP] if notice_id is None else [NoticeState.GIVEN_UP, NoticeState.DROPPED]
    anew = {"state": NoticeState.WAITING, "tries": 0, "since": now, "next_at": now, "ended_at": None}
    number = _changed(session, _chosen(channel, states, notice_id).values(**anew))
    if number:
        at_once(session, channel, now)
    return number


def drop(
    session: Session, channel: Channel, states: Sequence[NoticeState], now: datetime, notice_id: int | None = None
) -> int:
    """不再发送: of what is in these states (one, or everything) nobody is told any more; how many."""
    dropped = _chosen(channel, states, notice_id).values(state=NoticeState.DROPPED, ended_at=now)
    return _changed(session, dropped)


def _chosen(channel: Channel, states: Sequence[NoticeState], notice_id: int | None) -> Update:
    wanted = update(Notice).where(Notice.channel == channel, Notice.state.in_(states))
    return wanted if notice_id is None else wanted.where(Notice.id == notice_id)


def _changed(session: Session, change: Update) -> int:
    """How many rows it changed."""
    returned = session.execute(change.returning(Notice.id), execution_options={"synchronize_session": False})
    return len(returned.all())


def at_once(session: Session, channel: Channel, now: datetime) -> None:
    """现在就试: the channel is not paused any more, and what was tried already comes first."""
    session.execute(_way(channel).values(paused_until=None))
    tried = update(Notice).where(Notice.channel == channel, Notice.state == NoticeState.WAITING, Notice.tries > 0)
    session.execute(tried.values(next_at=now))


def clear_away(session: Session, now: datetime) -> None:
    """Forget what was sent, withdrawn or dropped KEPT_FOR ago."""
    over = select(Notice.id).where(Notice.state.in_(FORGOTTEN), Notice.ended_at < now - KEPT_FOR)
    session.execute(delete(Notice).where(Notice.id.in_(over.limit(AT_ONCE))))
