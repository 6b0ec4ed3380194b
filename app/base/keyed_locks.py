"""One at a time per key: equal requests that arrive together wait for the first instead of doing its work again."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class KeyedLocks:
    """Locks by key, made when first needed and gone when nobody waits. Within this process only."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._locks: dict[str, threading.RLock] = defaultdict(threading.RLock)
        self._waiting: dict[str, int] = defaultdict(int)

    @contextmanager
    def of(self, key: str) -> Iterator[None]:
        """Hold the turn of `key`; whoever holds it may ask again."""
        with self._guard:
            lock = self._locks[key]
            self._waiting[key] += 1
        try:
            with lock:
                yield
        finally:
            with self._guard:
                self._waiting[key] -= 1
                if not self._waiting[key]:
                    del self._waiting[key], self._locks[key]
