"""Passwords are verified and hashed outside the event loop: `task` is what a worker process runs, `LocalPasswords` asks
it."""

from __future__ import annotations

import logging
import math
import random
import time
from collections import deque
from functools import cache
from statistics import mean
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.base.errors import N_, Refused
from app.base.tokens import secret
from app.base.workers.frames import Header
from app.base.workers.pool import Busy, Died, Workers

TASK = f"{__name__}:task"
# OWASP's second choice for Argon2id: 19 MiB, two passes; 20 ms of a quiet core.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
PATIENCE = 20  # seconds for the wait and again for the work
LONGEST_WAIT = 60
WAITING = 16  # places of the queue, for each process; more wait at the door (app.http.login_queue)
MEMORY = 256 << 20
LONGEST = 256  # characters: nothing longer is worth hashing
REMEMBERED = 64
BUSY = N_("现在登录的人很多。请过大约 %(seconds)s 秒再点“登录”，不用刷新页面。")
log = logging.getLogger(__name__)


@cache
def _nobodys_hash() -> str:
    """What a password is held against when nobody has this name."""
    return HASHER.hash(secret())


def verify(hashed: str, password: bytes) -> bool:
    """Whether this password has this hash. Takes as long for an empty hash, nobody's."""
    try:
        return HASHER.verify(hashed or _nobodys_hash(), password) and bool(hashed)
    except (VerificationError, InvalidHashError):
        return False


def task(header: Header, body: bytes) -> tuple[Header, bytes]:
    """What the worker process runs: a hash and a password in, whether they belong together out; without a hash, the
    hash of a new password."""
    if "hash" not in header:
        return {"hash": HASHER.hash(body)}, b""
    return {"right": verify(str(header["hash"]), body)}, b""


def warm() -> None:
    """The worker process calls it at its start."""
    _nobodys_hash()


def busy(seconds: float) -> Refused:
    """There is no place in the queue for about so long; `Retry-After` and the words say it."""
    wait = min(LONGEST_WAIT, max(2, math.ceil(seconds)))
    return Refused("busy", BUSY, 503, retry_after=wait, seconds=wait)


class Passwords(Protocol):
    """Whoever verifies and hashes passwords for the application."""

    def are_right(self, hashed: str, password: str) -> bool:
        """As `verify`. Raises Refused `busy` (503), with the seconds after which to come again."""
        ...

    def hash_of(self, password: str) -> str:
        """What the database keeps of a new password. Raises Refused `busy` as above."""
        ...

    def pretend(self) -> None:
        """Wait as long as verifying would take."""
        ...

    def start(self) -> None:
        """Be ready for the first login."""
        ...

    def close(self) -> None:
        """Give up what it holds."""
        ...


class LocalPasswords:
    """Verifies in `size` processes of this machine."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._workers = Workers(
            TASK, size, WAITING * size, wall_seconds=PATIENCE, cpu_seconds=PATIENCE, memory_bytes=MEMORY
        )
        self._took: deque[float] = deque([0.05], REMEMBERED)

    def are_right(self, hashed: str, password: str) -> bool:
        """Within `PATIENCE` of waiting, and of work."""
        begun = time.monotonic()
        right = bool(self._ask({"hash": hashed}, password)["right"])
        self._took.append(time.monotonic() - begun)
        return right

    def hash_of(self, password: str) -> str:
        """Within the same."""
        return str(self._ask({}, password)["hash"])

    def pretend(self) -> None:
        """As long as one of the last ones took, its wait in the queue included: nothing to be learnt by a stopwatch."""
        time.sleep(random.choice(self._took))  # noqa: S311 — how long to wait, nothing secret

    def _ask(self, header: Header, password: str) -> Header:
        try:
            return self._workers.run(header, password.encode("utf-8", "surrogatepass"))[0]
        except Busy:
            raise busy(WAITING * mean(self._took)) from None
        except (Died, RuntimeError) as reason:
            log.error("a password was not looked at: %s", reason)
            raise busy(0) from None

    def start(self) -> None:
        """Start the processes now."""
        self._workers.start()

    def close(self) -> None:
        """End the processes."""
        self._workers.close()
