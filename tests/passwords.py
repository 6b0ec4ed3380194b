"""Passwords verified where they are typed: in tests nobody waits for a worker process."""

from app.base.errors import Refused
from app.identity.passwords import BUSY, verify
from tests.people import HASHED


class QuickPasswords:
    """Verifies in this process; `busy` like a full queue."""

    def __init__(self):
        self.asked, self.pretended, self.busy = 0, 0, False

    def are_right(self, hashed, password):
        if self.busy:
            raise Refused("busy", BUSY, 503, retry_after=4, seconds=4)
        self.asked += 1
        return verify(hashed or HASHED, password) and bool(hashed)

    def pretend(self):
        self.pretended += 1

    def start(self):
        pass

    def close(self):
        pass
