"""A pool of processes that can be killed: the same under threads and under eventlet. docs/decisions/sandbox.md.

The parent only uses `socket`, `threading`, `queue` and `subprocess`, which a launcher may have patched.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from app.base.workers.frames import Header
from app.base.workers.process import CannotStart, Gone, Limits
from app.base.workers.worker_slot import Died, Once, Task, WorkerSlot, nothing

__all__ = ["Busy", "Died", "Unavailable", "Workers"]

ATTEMPTS = 3
GUILTY = 2  # so many deaths are the job's own doing
COLD_SECONDS = 10  # how long a job waits when no process is there yet
log = logging.getLogger(__name__)


class Busy(Exception):
    """All workers are at work and the waiting places are taken, or the wait was too long."""


class Unavailable(RuntimeError):
    """No process could do the job, which is not to blame: none starts, or they are stopped or ended from outside."""


class Workers:
    """Runs `target` ("package.module:function", `(header, body) -> (header, body)`) in `size` processes.

    Each job runs in a fork of its own, so that no job sees what another left in memory. `waiting` jobs may wait for a
    free process, at most `wall_seconds`; an attempt may take `wall_seconds` of time, `cpu_seconds` of CPU and
    `memory_bytes` of address space. Processes start with the first job that needs them, or with `start()`; `sandbox`:
    once loaded, they give up files, network and all other processes.
    """

    def __init__(
        self,
        target: str,
        size: int,
        waiting: int,
        *,
        wall_seconds: float = 5,
        cpu_seconds: int = 3,
        memory_bytes: int = 768 << 20,
        sandbox: bool = True,
    ) -> None:
        limits = Limits(wall_seconds, cpu_seconds, memory_bytes, sandbox)
        self._name, self._patience = target, wall_seconds
        self._places = threading.BoundedSemaphore(size + waiting)
        self._cold = [WorkerSlot(target, limits) for _ in range(size)]
        self._seats = tuple(self._cold)
        self._free: queue.LifoQueue[WorkerSlot] = queue.LifoQueue()
        self._starting: set[WorkerSlot] = set()
        self._told = self._closed = False

    def start(self) -> None:
        """Start the processes now, in the background, so that the first jobs need not wait for them."""
        while self._start_one():
            pass

    def run(self, header: Header, body: bytes, meanwhile: Task = nothing) -> tuple[Header, bytes]:
        """The target's answer. Raises Busy; Died when two processes died of the job; Unavailable.

        A job whose process dies is done again in a fresh one: all attempts together take at most `2 * wall_seconds`,
        besides the wait for a process. `meanwhile` is called here, once, when a process has the job, while it works;
        what it raises ends the job and is raised here as it is.
        """
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            return self._attempts(header, body, Once(meanwhile))
        finally:
            self._places.release()

    def close(self) -> None:
        """End all processes; jobs under way end with Unavailable."""
        self._closed = True
        for seat in self._seats:
            seat.close()

    def _attempts(self, header: Header, body: bytes, meanwhile: Task) -> tuple[Header, bytes]:
        left, deaths, end = ATTEMPTS, 0, 0.0
        while left and (not end or time.monotonic() < end):
            with self._seat() as seat:
                end = end or time.monotonic() + 2 * self._patience
                while left and seat.usable and time.monotonic() < end:
                    left -= 1
                    try:
                        return seat.run(header, body, meanwhile, end)
                    except Died:
                        deaths += 1
                        if deaths == GUILTY:
                            raise
                    except Gone as error:
                        log.warning("a worker of %s is gone: %s", self._name, error)
        raise Unavailable("the processes that had the job were ended or stopped from outside")

    @contextmanager
    def _seat(self) -> Iterator[WorkerSlot]:
        seat = self._taken()
        try:
            yield seat
        finally:
            if seat.usable:
                self._free.put(seat)
            else:
                self._start(seat)

    def _taken(self) -> WorkerSlot:
        """A seat that can work. Raises Busy, Unavailable."""
        if self._free.empty():
            self._start_one()
        end = time.monotonic() + (self._patience if self._works() else max(self._patience, COLD_SECONDS))
        while True:
            try:
                seat = self._free.get(timeout=max(0, end - time.monotonic()))
            except queue.Empty:
                raise (Busy if self._works() else Unavailable("no worker process started in time")) from None
            if seat.usable:
                return seat
            if seat.failed:
                self._give_up(seat)
            else:  # it died while it had nothing to do
                self._start(seat)

    def _works(self) -> bool:
        return any(seat.started for seat in self._seats)

    def _give_up(self, seat: WorkerSlot) -> None:
        """The next job tries again. Raises Unavailable when there is no other to wait for."""
        self._cold.append(seat)
        if not self._starting and not self._works():
            raise Unavailable("a worker process did not start; its reason is on stderr")

    def _start_one(self) -> bool:
        with suppress(IndexError):
            self._start(self._cold.pop())
            return True
        return False

    def _start(self, seat: WorkerSlot) -> None:
        """In the background: a start that hangs keeps nobody waiting who has another seat to wait for."""
        self._starting.add(seat)
        threading.Thread(target=self._prepare, args=(seat,), daemon=True).start()

    def _prepare(self, seat: WorkerSlot) -> None:
        try:
            self._tell(seat.start())
        except CannotStart as error:
            if not self._closed:
                log.error("%s: %s", self._name, error)
        finally:
            self._starting.discard(seat)
            self._free.put(seat)  # also when it failed: whoever waits for it is told

    def _tell(self, missing: list[str]) -> None:
        """Once: what protects this machine less than others."""
        if missing and not self._told:
            log.warning("workers of %s run without %s: see docs/deploy.md", self._name, ", ".join(missing))
        self._told = True
