"""How often somebody may try: counted in this process's memory, by a moving window."""

from __future__ import annotations

import math
import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.base.errors import N_, Refused


class Limits:
    """Counts attempts under a rule such as `"30 per 10 minutes"`."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def hit(self, rule: str, *key: str) -> None:
        """Count one attempt of `key`; raises Refused 429 with the seconds to wait when there were too many."""
        item = parse(rule)
        if not self._limiter.hit(item, *key):
            reset = self._limiter.get_window_stats(item, *key).reset_time
            wait = max(1, math.ceil(reset - time.time()))
            raise Refused("too_many", N_("操作太频繁。请过 %(seconds)s 秒再试。"), 429, retry_after=wait, seconds=wait)

    def forget(self, rule: str, *key: str) -> None:
        """Start `key` afresh, after a success."""
        self._limiter.clear(parse(rule), *key)
