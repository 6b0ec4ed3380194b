"""A pool of worker processes that can be killed; works under threads and under eventlet. docs/decisions/sandbox.md.

The parent uses only `socket`, `threading`, `queue` and `subprocess`, which the launcher may have patched for eventlet.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from app.base.workers.frames import Header, Task, no_task
from app.base.workers.process import CannotStart, WorkerGone, WorkerLimits
from app.base.workers.worker_slot import Died, RunOnce, WorkerSlot

__all__ = ["Busy", "Died", "Workers", "WorkersUnavailable"]

ATTEMPTS = 3
DEATHS_TO_BLAME = 2  # after this many crashes the job itself is the cause
START_WAIT_SECONDS = 10  # how long a job waits while no process has started yet
log = logging.getLogger(__name__)


class Busy(Exception):
    """All workers and all places in the queue are taken, or the wait was too long."""


class WorkersUnavailable(RuntimeError):
    """No process could do the job, through no fault of the job: none starts, or they are killed from outside."""


class Workers:
    """Runs `target` ("package.module:function", `(header, body) -> (header, body)`) in `size` processes.

    Each job runs in a fork of its own, so that no job can read the memory of another. `waiting` jobs may wait for a
    free process, at most `wall_seconds`; an attempt may take `wall_seconds` of time, `cpu_seconds` of CPU and
    `memory_bytes` of address space. Processes start with the first job that needs them, or with `start()`. With
    `sandbox`, a loaded process can no longer reach files, the network or other processes.
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
        limits = WorkerLimits(wall_seconds, cpu_seconds, memory_bytes, sandbox)
        self._name, self._patience = target, wall_seconds
        self._places = threading.BoundedSemaphore(size + waiting)
        self._unstarted = [WorkerSlot(target, limits) for _ in range(size)]
        self._slots = tuple(self._unstarted)
        self._free: queue.LifoQueue[WorkerSlot] = queue.LifoQueue()
        self._starting: set[WorkerSlot] = set()
        self._warned = self._closed = False

    def start(self) -> None:
        """Start all processes in the background, so that the first jobs do not wait for them."""
        while self._start_one():
            pass

    def run(self, header: Header, body: bytes, while_running: Task = no_task) -> tuple[Header, bytes]:
        """The target's answer. Raises Busy; Died when two processes died of the job; WorkersUnavailable.

        A job whose process dies is tried again in a new one; all attempts together take at most `2 * wall_seconds`, not
        counting the wait for a process. `while_running` is called once in this process, after the first attempt has
        started and while it runs; an exception of it cancels the job and is raised unchanged.
        """
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            return self._attempts(header, body, RunOnce(while_running))
        finally:
            self._places.release()

    def is_ready(self) -> bool:
        """Whether a process has loaded everything and waits for work, or does some."""
        return self._any_started()

    def close(self) -> None:
        """Kill all processes; running jobs raise WorkersUnavailable."""
        self._closed = True
        for slot in self._slots:
            slot.close()

    def _attempts(self, header: Header, body: bytes, while_running: Task) -> tuple[Header, bytes]:
        left, deaths, end = ATTEMPTS, 0, 0.0
        while left and (not end or time.monotonic() < end):
            with self._slot() as slot:
                end = end or time.monotonic() + 2 * self._patience
                while left and slot.usable and time.monotonic() < end:
                    left -= 1
                    try:
                        return slot.run(header, body, while_running, end)
                    except Died:
                        deaths += 1
                        if deaths == DEATHS_TO_BLAME:
                            raise
                    except WorkerGone as error:
                        log.warning("a worker of %s is gone: %s", self._name, error)
        raise WorkersUnavailable("the processes that had the job were ended or stopped from outside")

    @contextmanager
    def _slot(self) -> Iterator[WorkerSlot]:
        slot = self._free_slot()
        try:
            yield slot
        finally:
            if slot.usable:
                self._free.put(slot)
            else:
                self._start(slot)

    def _free_slot(self) -> WorkerSlot:
        """A slot with a running process. Raises Busy, WorkersUnavailable."""
        if self._free.empty():
            self._start_one()
        end = time.monotonic() + (self._patience if self._any_started() else max(self._patience, START_WAIT_SECONDS))
        while True:
            try:
                slot = self._free.get(timeout=max(0, end - time.monotonic()))
            except queue.Empty:
                raise (
                    Busy if self._any_started() else WorkersUnavailable("no worker process started in time")
                ) from None
            if slot.usable:
                return slot
            if slot.failed:
                self._give_up(slot)
            else:  # its process died while it was idle
                self._start(slot)

    def _any_started(self) -> bool:
        return any(slot.started for slot in self._slots)

    def _give_up(self, slot: WorkerSlot) -> None:
        """Put back a slot that did not start, for the next job. Raises WorkersUnavailable when no other may start."""
        self._unstarted.append(slot)
        if not self._starting and not self._any_started():
            raise WorkersUnavailable("a worker process did not start; its reason is on stderr")

    def _start_one(self) -> bool:
        with suppress(IndexError):
            self._start(self._unstarted.pop())
            return True
        return False

    def _start(self, slot: WorkerSlot) -> None:
        """In a thread: a start that hangs must not delay jobs that another slot could take."""
        self._starting.add(slot)
        threading.Thread(target=self._prepare, args=(slot,), daemon=True).start()

    def _prepare(self, slot: WorkerSlot) -> None:
        try:
            self._warn(slot.start())
        except CannotStart as error:
            if not self._closed:
                log.error("%s: %s", self._name, error)
        finally:
            self._starting.discard(slot)
            self._free.put(slot)  # also after a failure: a waiting job must be woken

    def _warn(self, missing: list[str]) -> None:
        """Log once which sandbox features this machine lacks."""
        if missing and not self._warned:
            log.warning("workers of %s run without %s: see docs/deploy.md", self._name, ", ".join(missing))
        self._warned = True
