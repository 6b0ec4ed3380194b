"""How much somebody may use: a store that is full at first and fills again with time."""

from __future__ import annotations

import time
from collections.abc import Callable


class Budget:
    """At most `most` at once, and `per_second` in the long run. Not for several threads at a time."""

    def __init__(self, most: float, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._per_second, self._clock = most, per_second, clock
        self._left, self._at = most, clock()

    def spend(self, amount: float = 1) -> bool:
        """Take so much; whether it was there. What is not there is not taken."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._per_second)
        self._at = now
        if amount > self._left:
            return False
        self._left -= amount
        return True
