"""Sends what is due, in the process of long work: one deliverer at a time, one notice after the other."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Mapping
from datetime import UTC

from app.base.clock import Clock
from app.base.database import Database
from app.base.json_values import JsonObject
from app.base.tokens import secret
from app.base.unavailable import Unavailable
from app.outbox import actions
from app.outbox.model import Notice
from app.outbox.port import Sender
from app.outbox.queries import is_due
from app.outbox.rules import Channel, Letter, Tried

log = logging.getLogger(__name__)
AGAIN = 1.0  # seconds until what could not be marked is marked
LAST_WORD = 3  # tries at that when the process is to end


class Deliverer:
    """What goes out by which sender. Nothing is sent inside a transaction."""

    def __init__(self, db: Database, clock: Clock, senders: Mapping[Channel, Sender]) -> None:
        self._db, self._clock, self._senders = db, clock, senders
        self._name = secret()

    def is_due(self) -> bool:
        """Whether there is anything to send now."""
        if not self._senders:
            return False
        with self._db.reading() as session:
            return is_due(session, list(self._senders), self._clock.now())

    def run(self, leave: threading.Event) -> int:
        """Send until nothing is due, somebody else sends, or `leave` is set; how many were tried."""
        tried = 0
        for channel in self._senders:
            while not leave.is_set() and self._one(channel, leave):
                tried += 1
            self._end(channel)
        return tried

    def _one(self, channel: Channel, leave: threading.Event) -> bool:
        """The next notice of a channel: marked, sent, marked. False when there is none for us."""
        with self._db.writing() as session:
            now = self._clock.now()
            ours = actions.hold(session, channel, self._name, now)
            notice = actions.begin_next(session, channel, now) if ours else None
            letter = letter_of(notice) if notice else None
        if notice is None or letter is None:
            return False
        outcome = self._senders[channel].send(letter)
        log.info("notice %s (%s), try %s: %s", notice.name, notice.kind, notice.tries, outcome.code or "taken")
        self._mark(notice, outcome, leave)
        return True

    def _mark(self, notice: Notice, outcome: Tried, leave: threading.Event) -> None:
        """Until it is written down: forgotten, it would be sent twice. An import may hold the database for minutes."""
        last_words = 0
        while last_words < LAST_WORD:
            last_words += leave.is_set()
            try:
                with self._db.writing() as session:
                    actions.mark(session, notice, outcome, self._clock.now())
                return
            except Unavailable as error:
                log.warning("notice %s was not marked yet: %s", notice.name, error)
                leave.wait(AGAIN)

    def _end(self, channel: Channel) -> None:
        with self._db.writing() as session:
            actions.let_go(session, channel, self._name)
            actions.clear_away(session, self._clock.now())


def letter_of(notice: Notice) -> Letter:
    """What is sent of a notice: the same bytes at every try."""
    said: JsonObject = {
        "id": notice.name,
        "number": notice.id,
        "kind": str(notice.kind),
        "at": notice.happened_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "candidate": notice.candidate.exam_number if notice.candidate else None,
        "application": notice.subject if notice.candidate and notice.subject != notice.name else None,
        "facts": notice.facts,
    }
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return Letter(notice.name, notice.kind, notice.facts, body)
