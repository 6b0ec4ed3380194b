"""One slot of the pool: a worker process that runs one job after another and is replaced when it is gone."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from app.base.workers import frames
from app.base.workers.frames import OUTSIDE, Header, Task
from app.base.workers.process import CannotStart, WorkerGone, WorkerLimits, WorkerProcess


class Died(Exception):
    """The fork crashed on this job, or was killed because the job took too long."""


class Interrupted(WorkerGone):
    """The fork was stopped or killed by another process; the worker process itself still works."""


class RunOnce:
    """Wraps a task so that only the first call runs it."""

    def __init__(self, task: Task) -> None:
        self._task: Task | None = task

    def __call__(self) -> None:
        task, self._task = self._task, None
        if task:
            task()


class WorkerSlot:
    """At most one process, replaced when it dies. `start` may be called from any thread, `run` by one at a time."""

    def __init__(self, target: str, limits: WorkerLimits) -> None:
        self._target, self._limits = target, limits
        self._process: WorkerProcess | None = None
        self._closed = self.failed = False
        self._change = threading.Lock()

    @property
    def started(self) -> bool:
        """It has a process that started without error; the process may have died since."""
        return self._process is not None and not self.failed

    @property
    def usable(self) -> bool:
        """It has a process that is running now."""
        return self._process is not None and self._process.usable

    def start(self) -> list[str]:
        """Start a new process and wait until it is ready; returns the names of missing sandbox features.

        Raises CannotStart; `failed` is true then.
        """
        self._drop()
        self.failed = True
        with self._change:
            if self._closed:
                raise CannotStart("the pool is closed")
            process = self._process = WorkerProcess(self._target, self._limits)
        try:
            missing = process.ready()
            process.prepare()
        except WorkerGone as error:
            self._drop()
            raise CannotStart("a worker process ended as soon as it had started") from error
        except CannotStart:
            self._drop()
            raise
        self.failed = False
        return missing

    def run(self, header: Header, body: bytes, while_running: Task, end: float) -> tuple[Header, bytes]:
        """The answer, before `end` (`time.monotonic()`). Raises Died, WorkerGone, or what `while_running` raises."""
        process = self._process
        if process is None:
            raise WorkerGone("no process")
        deadline = min(end, time.monotonic() + self._limits.wall_seconds)
        try:
            answer = self._answer(process, header, body, while_running, deadline)
        except Interrupted:
            raise
        except WorkerGone:
            self._drop()
            raise
        with suppress(WorkerGone):  # the next job finds out
            process.prepare()
        return answer

    def close(self) -> None:
        """Kill the process and start no other."""
        with self._change:
            self._closed = True
        self._drop()

    def _answer(
        self, process: WorkerProcess, header: Header, body: bytes, while_running: Task, deadline: float
    ) -> tuple[Header, bytes]:
        job = process.begin()
        try:
            with _fork_errors():
                frames.send(job, header, body, deadline)
            while_running()
            with _fork_errors():
                return frames.receive(job, deadline)
        except _NoAnswer as failure:
            raise _failure(process.ending(late=failure.late), failure.reason) from None
        except BaseException:  # raised by `while_running`; a killed greenlet, too, must not leave a fork running
            process.cancel()
            raise
        finally:
            job.close()

    def _drop(self) -> None:
        with self._change:
            process, self._process = self._process, None
        if process:
            process.end()


class _NoAnswer(Exception):
    def __init__(self, error: Exception) -> None:
        super().__init__(error)
        self.late, self.reason = isinstance(error, TimeoutError), type(error).__name__


@contextmanager
def _fork_errors() -> Iterator[None]:
    """Errors of the job's socket inside this block mean that the fork gave no answer."""
    try:
        yield
    except (OSError, frames.BadFrame) as error:
        raise _NoAnswer(error) from error


def _failure(ending: bytes, reason: str) -> Exception:
    return Interrupted("stopped or ended by another process") if ending == OUTSIDE else Died(reason)
