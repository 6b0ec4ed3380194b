"""Who holds how many sockets, in this process."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Seats:
    """Which socket belongs to which owner, a login or a pairing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner: dict[str, str] = {}
        self._count: Counter[str] = Counter()

    def __len__(self) -> int:
        """How many are taken."""
        return len(self._owner)

    def take(self, sid: str, owner: str, most: int) -> str:
        """Sit down. Where the owner has `most` seats already, their oldest gives way: which it was, else empty.

        Of a page that was loaded again and again on a bad network, the newest socket is the one that is wanted.
        """
        with self._lock:
            full = self._count[owner] >= most
            oldest = next((each for each, whose in self._owner.items() if whose == owner), "") if full else ""
            if oldest:
                del self._owner[oldest]
                self._count[owner] -= 1
            self._owner[sid] = owner
            self._count[owner] += 1
            return oldest

    def leave(self, sid: str) -> tuple[str, int]:
        """Stand up; who it was (empty: nobody sat there), and how many seats they still have."""
        with self._lock:
            owner = self._owner.pop(sid, "")
            if not owner:
                return "", 0
            self._count[owner] -= 1
            left = self._count[owner]
            if not left:
                del self._count[owner]
            return owner, left

    @contextmanager
    def given_back_on_failure(self, sid: str) -> Iterator[None]:
        """Whatever fails in here does not keep the seat."""
        try:
            yield
        except BaseException:
            self.leave(sid)
            raise
