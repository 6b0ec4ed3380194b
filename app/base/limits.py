"""Rate limits: a sliding window in this process's memory, of bounded size.

Keys are hashed, so nothing that somebody typed is kept. Of each kind of attempt (the first part of a key) at most
`EVENTS` are remembered; beyond that the key with the oldest last attempt is dropped. To have a key forgotten, an
attacker needs more attempts than that with other keys of the same kind, between two attempts of that key.
"""

from __future__ import annotations

import hashlib
import math
import re
import secrets
import threading
import time
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from app.base.errors import N_, Refused

if TYPE_CHECKING:
    from app.base.database import Info

EVENTS = 50_000  # of one kind: at most about 15 MB
MINUTES_FROM = 100  # seconds: longer waits are shown in minutes
SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
RULE = re.compile(r"(\d+) per (?:(\d+) )?(second|minute|hour|day)s?")
SOON = N_("操作太频繁。请过 %(seconds)s 秒再试。")
LATER = N_("操作太频繁。请过 %(minutes)s 分钟再试。")


class RateRule(NamedTuple):
    """At most `most` attempts within `seconds`."""

    most: int
    seconds: int


@cache
def parse(text: str) -> RateRule:
    """`"30 per 10 minutes"`, `"5 per day"`. Raises ValueError."""
    found = RULE.fullmatch(text)
    if not found:
        raise ValueError(text)
    return RateRule(int(found[1]), int(found[2] or 1) * SECONDS[found[3]])


class AttemptLog:
    """The attempts of one kind, by key; the most recently used key is the last."""

    def __init__(self) -> None:
        self.tries: OrderedDict[bytes, array[float]] = OrderedDict()
        self.events = 0

    def recent(self, key: bytes, since: float) -> array[float]:
        """Times of this key's attempts after `since`, oldest first; older ones are dropped."""
        tries = self.tries.get(key, array("d"))
        while tries and tries[0] <= since:
            tries.pop(0)
            self.events -= 1
        if not tries:
            self.tries.pop(key, None)
        return tries

    def add(self, key: bytes, tries: array[float], moment: float, most_events: int) -> None:
        """Add an attempt; beyond `most_events` the least recently used keys are dropped."""
        tries.append(moment)
        self.tries[key] = tries
        self.tries.move_to_end(key)
        self.events += 1
        while self.events > most_events and len(self.tries) > 1:
            self.events -= len(self.tries.popitem(last=False)[1])

    def take_back(self, key: bytes) -> None:
        """Remove the last attempt of this key."""
        if tries := self.tries.get(key):
            tries.pop()
            self.events -= 1
            if not tries:
                del self.tries[key]


class RateLimits:
    """Counts attempts under a rule such as `"30 per 10 minutes"`. Never blocks.

    A key is a kind and a subject, e.g. `"claim-address", "203.0.113.7"`; each kind has one rule.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, events: int = EVENTS) -> None:
        self._clock, self._most_events = clock, events
        self._secret = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._kinds: dict[str, AttemptLog] = {}

    def hit(self, rule: str, kind: str, *key: str) -> None:
        """Count one attempt. Raises Refused 429 with the seconds to wait when there were too many."""
        if not self.take(rule, kind, *key):
            raise too_many(self.wait(rule, kind, *key))

    def take(self, rule: str, kind: str, *key: str) -> bool:
        """Count one attempt and return True; False, uncounted, when there were too many."""
        most, seconds = parse(rule)
        moment, digest = self._clock(), self._digest(key)
        with self._lock:
            of_kind = self._kinds.setdefault(kind, AttemptLog())
            tries = of_kind.recent(digest, moment - seconds)
            if len(tries) >= most:
                return False
            of_kind.add(digest, tries, moment, self._most_events)
            return True

    @contextmanager
    def counted(self, rule: str, kind: str, *key: str) -> Iterator[None]:
        """One attempt around a block. Raises Refused 429 at once when there were too many. It counts when the block
        succeeds or raises Refused below 500, and not when it fails through a fault of the server."""
        self._check(rule, kind, *key)
        try:
            yield
        except Refused as refusal:
            if refusal.status < 500:
                self.take(rule, kind, *key)
            raise
        self.take(rule, kind, *key)

    def reserve(self, info: Info, rule: str, kind: str, *key: str) -> None:
        """Within a transaction: refuse like `hit`, but count only after the commit, which calls `spend`."""
        self._check(rule, kind, *key)
        info.setdefault("tries", []).append((rule, kind, *key))

    def spend(self, info: Info) -> None:
        """Count the attempts reserved in a transaction that was committed."""
        for reserved in info.get("tries", []):
            self.take(*reserved)

    def back(self, kind: str, *key: str) -> None:
        """Take back the last attempt."""
        digest = self._digest(key)
        with self._lock:
            self._kinds.setdefault(kind, AttemptLog()).take_back(digest)

    def count(self, rule: str, kind: str, *key: str) -> int:
        """The number of attempts in the window, at most that of the rule."""
        digest, since = self._digest(key), self._clock() - parse(rule).seconds
        with self._lock:
            return len(self._kinds[kind].recent(digest, since)) if kind in self._kinds else 0

    def is_full(self, rule: str, kind: str, *key: str) -> bool:
        """Whether the next attempt would be refused."""
        return self.count(rule, kind, *key) >= parse(rule).most

    def wait(self, rule: str, kind: str, *key: str) -> int:
        """Whole seconds until the next attempt is allowed, at least 1."""
        most, seconds = parse(rule)
        moment, digest = self._clock(), self._digest(key)
        with self._lock:
            tries = self._kinds.setdefault(kind, AttemptLog()).recent(digest, moment - seconds)
            until = tries[-most] + seconds if len(tries) >= most else moment
        return max(1, math.ceil(until - moment))

    def _check(self, rule: str, kind: str, *key: str) -> None:
        if self.is_full(rule, kind, *key):
            raise too_many(self.wait(rule, kind, *key))

    def _digest(self, key: tuple[str, ...]) -> bytes:
        """A 16-byte hash; length prefixes keep different keys apart."""
        hashed = hashlib.blake2b(key=self._secret, digest_size=16)
        for part in key:
            written = part.encode("utf-8", "surrogatepass")
            hashed.update(len(written).to_bytes(8) + written)
        return hashed.digest()


def too_many(wait: int) -> Refused:
    """The refusal with the time to wait, in seconds or, when it is long, in minutes."""
    text = SOON if wait < MINUTES_FROM else LATER
    return Refused("too_many", text, 429, retry_after=wait, seconds=wait, minutes=math.ceil(wait / 60))
