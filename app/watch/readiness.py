"""What has to be in order before people may come: looked at together, quickly, and not more than once a second."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from pathlib import Path

from app.base.clock import Clock
from app.base.database import Database
from app.watch.queries import newest_record

KEPT = 1.0  # seconds for which an answer holds
PATIENCE = 2.8  # seconds for all checks together
WRONG = timedelta(seconds=5)  # by which a clock may be off
JUMP_SEEN = 60.0  # seconds for which a jump of the clock counts
log = logging.getLogger(__name__)
Check = Callable[[], bool | None]


class Readiness:
    """Names of checks → whether all is well. A check that is not done in time is not well, and is begun again only once
    it has ended."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks, self._under_way = dict(checks), dict[str, threading.Thread]()
        self._turn, self._answer, self._until = threading.Lock(), dict[str, bool](), 0.0
        self._well: dict[str, bool] = {}

    def look(self) -> Mapping[str, bool]:
        """Of many who ask at once one looks; the others get the same answer."""
        if time.monotonic() >= self._until and self._turn.acquire(timeout=PATIENCE if not self._answer else 0):
            try:
                if time.monotonic() >= self._until:
                    self._answer = self._looked()
                    self._until = time.monotonic() + KEPT
            finally:
                self._turn.release()
        return self._answer or dict.fromkeys(self._checks, False)

    def _looked(self) -> dict[str, bool]:
        deadline = time.monotonic() + PATIENCE
        for name in self._checks:
            before = self._under_way.get(name)
            if before is None or not before.is_alive():
                self._well[name] = False
                self._under_way[name] = threading.Thread(target=self._check, args=(name,), daemon=True)
                self._under_way[name].start()
        for thread in self._under_way.values():
            thread.join(max(0, deadline - time.monotonic()))
        return {name: self._well[name] and not self._under_way[name].is_alive() for name in self._checks}

    def _check(self, name: str) -> None:
        try:
            self._well[name] = self._checks[name]() is not False
        except Exception as error:
            log.warning("not ready: %s: %s", name, error)


class ClockCheck:
    """Whether the clock can be believed: nothing recorded lies in the future, and it has not jumped a moment ago."""

    def __init__(self, db: Database, clock: Clock, running: Callable[[], float]) -> None:
        self._db, self._clock, self._running = db, clock, running
        self._seen = (clock.now(), running())
        self._jumped = -JUMP_SEEN

    def __call__(self) -> bool:
        now, running = self._clock.now(), self._running()
        then, ran = self._seen
        if abs(now - then - timedelta(seconds=running - ran)) > WRONG:
            self._jumped = running
        self._seen = now, running
        with self._db.reading() as session:
            newest = newest_record(session)
        return running - self._jumped >= JUMP_SEEN and (newest is None or newest <= now + WRONG)


def has_room(folders: Iterable[Path], least: int) -> Callable[[], bool]:
    """A check: so many bytes are free on the disk of each folder."""
    return lambda: all(shutil.disk_usage(folder).free >= least for folder in folders)


def since_boot() -> float:
    """Seconds, also of those in which the machine slept."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)
