"""A token bucket: full at first, refilled with time."""

from __future__ import annotations

import time
from collections.abc import Callable


class Budget:
    """Holds at most `most`, refilled by `per_second`. Not thread-safe."""

    def __init__(self, most: float, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._per_second, self._clock = most, per_second, clock
        self._left, self._at = most, clock()

    def spend(self, amount: float = 1) -> bool:
        """Take `amount` and return True; take nothing and return False when there is less."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._per_second)
        self._at = now
        if amount > self._left:
            return False
        self._left -= amount
        return True
