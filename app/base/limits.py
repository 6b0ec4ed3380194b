"""How often somebody may try: counted in this process's memory, by a moving window."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.base.errors import N_, Refused

FORGETS_EVERY = 1.0
MINUTES_FROM = 100  # seconds: who waits longer is told minutes
SOON = N_("操作太频繁。请过 %(seconds)s 秒再试。")
LATER = N_("操作太频繁。请过 %(minutes)s 分钟再试。")


class Caretaker:
    """Stands where the storage has a timer, whose thread would be waited for: under eventlet that yields, and a
    transaction around it would let everybody else in. Forgets what is over in the caller's own thread, now and then.
    """

    def __init__(self, forget: Callable[[], object]) -> None:
        self._forget, self._last = forget, 0.0

    def is_alive(self) -> bool:
        """Always: so no thread is started."""
        if time.time() - self._last >= FORGETS_EVERY:
            self._last = time.time()
            self._forget()
        return True


class Limits:
    """Counts attempts under a rule such as `"30 per 10 minutes"`. Never waits."""

    def __init__(self) -> None:
        storage = MemoryStorage()
        storage.timer = Caretaker(storage.timer.function)  # type: ignore[assignment]
        self._limiter = MovingWindowRateLimiter(storage)

    def hit(self, rule: str, *key: str) -> None:
        """Count one attempt of `key`; raises Refused 429 with the seconds to wait when there were too many."""
        item = parse(rule)
        if not self._limiter.hit(item, *key):
            raise self._too_many(item, *key)

    @contextmanager
    def counted(self, rule: str, *key: str) -> Iterator[None]:
        """One attempt of `key`; raises Refused 429 at once when there were too many. It counts when it succeeded or was
        refused, and not when it failed by our own fault: nothing of theirs is spent on that."""
        item = parse(rule)
        if not self._limiter.test(item, *key):
            raise self._too_many(item, *key)
        try:
            yield
        except Refused as refusal:
            if refusal.status < 500:
                self._limiter.hit(item, *key)
            raise
        self._limiter.hit(item, *key)

    def reserve(self, info: dict[Any, Any], rule: str, *key: str) -> None:
        """Within a transaction: refuse as `hit` does, and count once it is durable (`spend` follows the commit)."""
        item = parse(rule)
        if not self._limiter.test(item, *key):
            raise self._too_many(item, *key)
        info.setdefault("hits", []).append((item, key))

    def spend(self, info: dict[Any, Any]) -> None:
        """Count what was reserved in a transaction that is durable now."""
        for item, key in info.get("hits", []):
            self._limiter.hit(item, *key)

    def _too_many(self, item: RateLimitItem, *key: str) -> Refused:
        reset = self._limiter.get_window_stats(item, *key).reset_time
        wait = max(1, math.ceil(reset - time.time()))
        text = SOON if wait < MINUTES_FROM else LATER
        return Refused("too_many", text, 429, retry_after=wait, seconds=wait, minutes=math.ceil(wait / 60))

    def forget(self, rule: str, *key: str) -> None:
        """Start `key` afresh, after a success."""
        self._limiter.clear(parse(rule), *key)
