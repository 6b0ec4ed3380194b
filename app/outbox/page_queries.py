"""What the page shows of each channel, in words that are to be translated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.base.errors import N_
from app.outbox import wording_rules as words
from app.outbox.model import Notice, Way
from app.outbox.queries import LATELY, counts, listed
from app.outbox.rules import OVER, Channel, NoticeState, droppable


@dataclass(frozen=True)
class Trouble:
    """Why something was not taken; the number fills the place of the text."""

    text: str = ""
    n: str = ""


@dataclass(frozen=True)
class NoticeLine:
    """One notice. `at` is when it is sent next, or ended; None is now."""

    id: int
    kind: str
    happened_at: datetime
    tries: int
    at: datetime | None
    trouble: Trouble


@dataclass(frozen=True)
class NoticeTable:
    """Notices in one state, with what may be done about them; `more`: there are more than these."""

    title: str
    column: str
    lines: Sequence[NoticeLine]
    again: bool = False
    drop: bool = False
    more: bool = False
    are_over: bool = False

    @property
    def for_all(self) -> bool:
        """Whether there are buttons for all of them."""
        return (self.again or self.drop) and len(self.lines) > 1 and not self.are_over


@dataclass(frozen=True)
class ChannelPage:
    """Everything about one channel. `goal` is where it leads; without one it is not set up, and `missing` says what is
    to be done. `is_quiet`: nothing waits."""

    channel: Channel
    name: str
    goal: str
    missing: str
    key_id: str
    way: Way
    tone: str
    state: str
    trouble: Trouble
    paused_until: datetime | None
    counts: Sequence[tuple[str, int]]
    is_quiet: bool
    tables: Sequence[NoticeTable]


def channel_page(session: Session, channel: Channel, goal: str, key_id: str, now: datetime) -> ChannelPage:
    """This channel as it is now."""
    way, numbers = session.get_one(Way, channel), counts(session, channel)
    tone, state = _state(way, goal)
    paused = way.paused_until and way.paused_until > now
    return ChannelPage(
        channel=channel,
        name=words.CHANNELS[channel],
        goal=goal,
        missing=words.NOT_SET_UP[channel],
        key_id=key_id if channel == Channel.WEBHOOK else "",
        way=way,
        tone=tone,
        state=state,
        trouble=trouble(way.error),
        paused_until=way.paused_until if paused else None,
        counts=[(text, numbers[state]) for state, text in words.COUNTED.items()] if goal else (),
        is_quiet=bool(goal) and not numbers[NoticeState.WAITING],
        tables=[table for table in _tables(session, way, numbers, goal, now) if table.lines],
    )


def _state(way: Way, goal: str) -> tuple[str, str]:
    if not goal:
        return "inform", N_("没有设置")
    return ("warn", N_("正在重试")) if way.failures else ("good", N_("正常"))


def _tables(
    session: Session, way: Way, numbers: Mapping[NoticeState, int], goal: str, now: datetime
) -> Iterator[NoticeTable]:
    earliest = max(way.paused_until or now, now)
    for state, (title, column, again) in words.TABLES.items():
        are_over = state in OVER
        found = listed(session, way.channel, state, LATELY if are_over else None)
        yield NoticeTable(
            title,
            column,
            [_line(notice, earliest, now) for notice in found],
            again and bool(goal),
            state in droppable(bool(goal)),
            numbers[state] > len(found) and not are_over,
            are_over,
        )


def _line(notice: Notice, earliest: datetime, now: datetime) -> NoticeLine:
    following = max(notice.next_at, earliest)
    waits = notice.state == NoticeState.WAITING
    at = (following if following > now else None) if waits else notice.ended_at
    return NoticeLine(notice.id, words.KINDS[notice.kind], notice.happened_at, notice.tries, at, trouble(notice.error))


def trouble(code: str) -> Trouble:
    """A code in words; one that is not known any more stays as it is."""
    kind, _colon, number = code.partition(":")
    return Trouble(words.ERRORS.get(kind, code), number)
