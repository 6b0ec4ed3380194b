"""Passwords verified and hashed where they are typed: in tests nobody waits for a worker process."""

from __future__ import annotations

from app.identity.passwords import busy, verify
from tests.people import HASHED, WEAK


class QuickPasswords:
    """Verifies in this process; `full` like a queue."""

    def __init__(self) -> None:
        self.asked, self.pretended, self.full = 0, 0, False

    def are_right(self, hashed: str, password: str) -> bool:
        if self.full:
            raise busy(4)
        self.asked += 1
        return verify(hashed or HASHED, password.encode("utf-8", "surrogatepass")) and bool(hashed)

    def hash_of(self, password: str) -> str:
        if self.full:
            raise busy(4)
        return WEAK.hash(password)

    def pretend(self) -> None:
        self.pretended += 1

    def start(self) -> None:
        pass

    def close(self) -> None:
        pass
