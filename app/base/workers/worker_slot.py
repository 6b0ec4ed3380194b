"""One seat of the pool: a worker process that is started, does one job after another, and is replaced when gone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from app.base.workers import frames
from app.base.workers.frames import OUTSIDE, Header
from app.base.workers.process import CannotStart, Child, Gone, Limits

Task = Callable[[], None]


def nothing() -> None:
    """What is done meanwhile when nothing is to be done."""


class Died(Exception):
    """The fork died over this job, or was ended because the job took too long."""


class Interrupted(Gone):
    """The fork was stopped or ended by somebody else; the process that makes forks is well."""


class Once:
    """A task that is done with the first attempt only."""

    def __init__(self, task: Task) -> None:
        self._task: Task | None = task

    def __call__(self) -> None:
        task, self._task = self._task, None
        if task:
            task()


class WorkerSlot:
    """`start` may be called from any thread, `run` by one job at a time."""

    def __init__(self, target: str, limits: Limits) -> None:
        self._target, self._limits = target, limits
        self._child: Child | None = None
        self._closed = self.failed = False
        self._change = threading.Lock()

    @property
    def started(self) -> bool:
        """Its process could work when it was last seen."""
        return self._child is not None and not self.failed

    @property
    def usable(self) -> bool:
        """It has a process that can work."""
        return self._child is not None and self._child.usable

    def start(self) -> list[str]:
        """A fresh process, once it can work; what it could not lock. Raises CannotStart, and `failed` is true."""
        self._drop()
        self.failed = True
        with self._change:
            if self._closed:
                raise CannotStart("the pool is closed")
            child = self._child = Child(self._target, self._limits)
        try:
            missing = child.ready()
            child.prepare()
        except Gone as error:
            self._drop()
            raise CannotStart("a worker process ended as soon as it had started") from error
        except CannotStart:
            self._drop()
            raise
        self.failed = False
        return missing

    def run(self, header: Header, body: bytes, meanwhile: Task, end: float) -> tuple[Header, bytes]:
        """The answer, before `end` of `time.monotonic()`. Raises Died; Gone; what `meanwhile` raises, unchanged."""
        child = self._child
        if child is None:
            raise Gone("no process")
        deadline = min(end, time.monotonic() + self._limits.wall_seconds)
        try:
            answer = self._asked(child, header, body, meanwhile, deadline)
        except Interrupted:
            raise
        except Gone:
            self._drop()
            raise
        with suppress(Gone):  # the next job will notice
            child.prepare()
        return answer

    def close(self) -> None:
        """End the process and start no more."""
        with self._change:
            self._closed = True
        self._drop()

    def _asked(
        self, child: Child, header: Header, body: bytes, meanwhile: Task, deadline: float
    ) -> tuple[Header, bytes]:
        job = child.begin()
        try:
            with _theirs():
                frames.send(job, header, body, deadline)
            meanwhile()
            with _theirs():
                return frames.receive(job, deadline)
        except _NoAnswer as told:
            raise _judged(child.ending(late=told.late), told.reason) from None
        except BaseException:  # of `meanwhile`; even a killed greenlet must not leave a fork at work
            child.cancel()
            raise
        finally:
            job.close()

    def _drop(self) -> None:
        with self._change:
            child, self._child = self._child, None
        if child:
            child.end()


class _NoAnswer(Exception):
    def __init__(self, error: Exception) -> None:
        super().__init__(error)
        self.late, self.reason = isinstance(error, TimeoutError), type(error).__name__


@contextmanager
def _theirs() -> Iterator[None]:
    """What goes wrong in here is the fork's doing, and nobody else's."""
    try:
        yield
    except (OSError, frames.BadFrame) as error:
        raise _NoAnswer(error) from error


def _judged(ending: bytes, reason: str) -> Exception:
    return Interrupted("stopped or ended by somebody else") if ending == OUTSIDE else Died(reason)
