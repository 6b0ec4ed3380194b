"""One lock per key: equal requests that arrive together wait for the first one instead of repeating its work."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class KeyedLocks:
    """Re-entrant locks by key, created when needed and removed when unused. Within this process only."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._locks: dict[str, threading.RLock] = defaultdict(threading.RLock)
        self._waiting: dict[str, int] = defaultdict(int)

    @contextmanager
    def of(self, key: str) -> Iterator[None]:
        """Hold the lock of `key`; the same thread may take it again."""
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
