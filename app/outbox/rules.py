"""What a notice is, when it is tried again, and how what is sent is signed; without a database."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from hashlib import sha256

from app.base.json_values import JsonObject

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=12)
TRIED_FOR = timedelta(days=3)
HELD_FOR = timedelta(seconds=60)  # by one deliverer without a word of it; longer than a try may take
TRY_SECONDS = 15.0  # for all of one try: name, connection, sending, answer
STUCK = timedelta(minutes=10)  # that a notice waits before the operator's front page says so
TELL_AFTER = 6  # failures in a row, about an hour: then the operator gets a mail
KEPT_FOR = timedelta(days=90)  # what has been sent
SIGNATURE = "Zhengzhao-Signature"


class Channel(StrEnum):
    """The ways out."""

    WEBHOOK = "webhook"
    MAIL = "mail"


class NoticeState(StrEnum):
    """Where a notice stands. WITHDRAWN: what it told of was undone before it was sent.
    DROPPED: an operator does not want it sent any more."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


OVER = (NoticeState.SENT, NoticeState.DROPPED)  # of these the latest are shown
FORGOTTEN = (*OVER, NoticeState.WITHDRAWN)  # after KEPT_FOR


def droppable(is_set_up: bool) -> tuple[NoticeState, ...]:
    """What an operator may drop. Nothing else becomes of what waits for a channel whose settings are gone."""
    return (NoticeState.GIVEN_UP,) if is_set_up else (NoticeState.GIVEN_UP, NoticeState.WAITING)


class NoticeKind(StrEnum):
    """What is told. Receivers know these words: they never change."""

    CREATED = "application.created"
    HANDED_IN = "application.handed_in"
    APPROVED = "application.approved"
    REJECTED = "application.rejected"
    UNDONE = "application.decision_undone"
    SUBMITTED = "application.submitted"
    REOPENED = "application.reopened"
    APPLICATION_WITHDRAWN = "application.withdrawn"
    CODE_ISSUED = "candidate.code_issued"
    CODE_USED = "candidate.code_used"
    TEST = "test"
    CHANNEL_FAILS = "operator.webhook_fails"
    GAVE_UP = "operator.webhook_gave_up"


@dataclass(frozen=True)
class Letter:
    """What goes out: the same bytes at every try."""

    name: str
    kind: NoticeKind
    facts: JsonObject
    body: bytes


@dataclass(frozen=True)
class Tried:
    """What became of one try. `code` says what went wrong, empty when it was taken; `of_all`: all would fare alike.

    `asked` is how long the receiver wants to be left alone; `note`: it was taken, but not by everybody.
    """

    code: str = ""
    of_all: bool = False
    asked: timedelta = timedelta(0)
    note: str = ""

    @property
    def taken(self) -> bool:
        """Whether the receiver has it."""
        return not self.code


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many failures: 1 minute, twice as long each time, up to 12 hours."""
    return min(FIRST_WAIT * (1 << min(tries - 1, 20)), LONGEST_WAIT)


def asked_for(retry_after: str, now: datetime) -> timedelta:
    """What an answer's `Retry-After` says, in seconds or as a date: never more than LONGEST_WAIT, nothing of what is
    neither."""
    said = retry_after.strip()
    if said.isascii() and said.isdigit():
        return timedelta(seconds=min(int(said[:9]), int(LONGEST_WAIT.total_seconds())))
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return timedelta(0)
    wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    return max(timedelta(0), min(wait, LONGEST_WAIT))


def is_over(since: datetime, now: datetime) -> bool:
    """Whether it has been tried for long enough."""
    return now - since >= TRIED_FOR


def signature(key_id: str, key: bytes, at: datetime, body: bytes) -> str:
    """The header that a receiver verifies: HMAC-SHA256 over `webhook`, the time in seconds, the body, a line each."""
    seconds = int(at.timestamp())
    mac = hmac.new(key, b"webhook\n%d\n%s" % (seconds, body), sha256).hexdigest()
    return f"key={key_id},time={seconds},mac={mac}"


OF_ONE_ONLY = frozenset({400, 409, 413, 415, 422})  # the receiver says that it is this notice that it does not take


def of_status(status: int, asked: timedelta = timedelta(0)) -> Tried:
    """What an HTTP status means. Redirects are not followed: they would carry a signed body to somebody else."""
    if 200 <= status < 300:
        return Tried()
    kind = "redirect" if 300 <= status < 400 else "status"
    return Tried(f"{kind}:{status}", status not in OF_ONE_ONLY, asked)
