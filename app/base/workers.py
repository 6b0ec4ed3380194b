"""A pool of processes that can be killed: the same under threads and under eventlet.

The parent only uses `socket`, `threading`, `queue` and `subprocess`, which a launcher may have patched.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from app.base.frames import Header
from app.base.seat import Died, Limits, Seat, Task, nothing

__all__ = ["Busy", "Died", "Workers"]


class Busy(Exception):
    """All workers are at work and the waiting places are taken, or the wait was too long."""


class Workers:
    """Runs `target` ("package.module:function", `(header, body) -> (header, body)`) in `size` processes.

    `waiting` jobs may wait for a free one, at most `wall_seconds`; a job may take `wall_seconds` of time, `cpu_seconds`
    of CPU and `memory_bytes` of address space. Processes start with their first job, or with `start()`.
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
        jobs_per_child: int = 200,
    ) -> None:
        limits = Limits(wall_seconds, cpu_seconds, memory_bytes, jobs_per_child)
        self._patience = wall_seconds
        self._places = threading.BoundedSemaphore(size + waiting)
        self._seats = [Seat(target, limits) for _ in range(size)]
        self._free: queue.LifoQueue[Seat] = queue.LifoQueue()
        for seat in self._seats:
            self._free.put(seat)

    def start(self) -> None:
        """Start the processes now, so that the first jobs need not wait for them."""
        for seat in self._seats:
            seat.start()

    def run(self, header: Header, body: bytes, meanwhile: Task = nothing) -> tuple[Header, bytes]:
        """The target's answer. Raises Busy or Died; RuntimeError when a process cannot even start.

        `meanwhile` is called here once a process has the job, while it works; what it raises ends the job.
        """
        with self._place(), self._seat() as seat:
            return seat.run(header, body, meanwhile)

    def close(self) -> None:
        """End all processes; jobs under way end with Died."""
        for seat in self._seats:
            seat.close()

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            yield
        finally:
            self._places.release()

    @contextmanager
    def _seat(self) -> Iterator[Seat]:
        try:
            seat = self._free.get(timeout=self._patience)
        except queue.Empty:
            raise Busy from None
        try:
            yield seat
        finally:
            self._free.put(seat)
