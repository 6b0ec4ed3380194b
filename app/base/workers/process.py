"""A worker process as the pool sees it: start it, ask it for a fork, cancel a job, kill it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from app.base.workers import frames
from app.base.workers.frames import BEGUN, CANCEL, JOB

ROOT = Path(__file__).parents[3]
START_SECONDS = 30
REPLY_SECONDS = 3  # a healthy worker replies within milliseconds
REAP_SECONDS = 5
CHECK_SECONDS = 0.5  # interval at which a process that was stopped while it starts is noticed
# One thread for each library: more threads cost address space on each core, and the pool is parallel already.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
KEPT_VARIABLES = ("LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH")


class WorkerGone(Exception):
    """The process was killed or stopped from outside, or does not reply: not caused by the job."""


class CannotStart(RuntimeError):
    """No worker process could be started. The pool tries again with the next job."""


@dataclass(frozen=True)
class WorkerLimits:
    """What one job may use, and whether the process enters a sandbox before the first one."""

    wall_seconds: float
    cpu_seconds: int
    memory_bytes: int
    sandbox: bool


class WorkerProcess:
    """A running process and the pool's end of the socket to it."""

    def __init__(self, target: str, limits: WorkerLimits) -> None:
        self._control, theirs = socket.socketpair()
        try:
            self._process = _spawn(theirs.fileno(), target, limits)
        except OSError as error:
            self._control.close()
            raise CannotStart("a worker process did not start") from error
        finally:
            theirs.close()
        self._ending_due = self._unresponsive = False
        self._waiting_fork: socket.socket | None = None

    def ready(self) -> list[str]:
        """Wait until it can take jobs; returns the missing sandbox features. After CannotStart it must be ended."""
        try:
            deadline = time.monotonic() + START_SECONDS
            while not self._has_written() and time.monotonic() < deadline and self.usable:
                pass
            header, _ = frames.receive(self._control, min(deadline, time.monotonic() + REPLY_SECONDS))
        except (OSError, frames.BadFrame) as error:
            raise CannotStart("a worker process did not start; its reason is on stderr") from error
        missing = header["missing"]
        return [str(each) for each in missing] if isinstance(missing, list) else []

    def _has_written(self) -> bool:
        """Whether it has written something, or closed its socket, within CHECK_SECONDS. Raises OSError."""
        self._control.settimeout(CHECK_SECONDS)
        with suppress(TimeoutError):
            self._control.recv(1, socket.MSG_PEEK)
            return True
        return False

    @property
    def usable(self) -> bool:
        """It is running and not stopped."""
        if self._unresponsive or self._process.poll() is not None:
            return False
        try:
            return os.waitid(os.P_PID, self._process.pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is None
        except ChildProcessError:  # it ended between the two calls
            return False

    def prepare(self) -> None:
        """Ask for a fork that waits for the next job. Raises WorkerGone."""
        if self._waiting_fork:
            return
        self._waiting_fork, theirs = socket.socketpair()
        with theirs, _worker_errors():
            socket.send_fds(self._control, [JOB], [theirs.fileno()])

    def begin(self) -> socket.socket:
        """The socket to a fork that waits for this job. Raises WorkerGone."""
        self.prepare()
        if self._ending_due:
            self._next_reply()
        if self._next_reply() != BEGUN or not self._waiting_fork:
            raise WorkerGone("no fork")
        self._ending_due = True
        job, self._waiting_fork = self._waiting_fork, None
        return job

    def ending(self, late: bool) -> bytes:
        """How the fork without an answer ended; `late`: kill it first. Raises WorkerGone."""
        if late:
            self.cancel()
        return self._next_reply()

    def cancel(self) -> None:
        """Tell the worker to kill the fork of the current job."""
        with suppress(OSError):
            self._control.send(CANCEL)

    def end(self) -> None:
        """Kill and reap the process; its forks end with it."""
        self._process.kill()
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        self._control.close()
        if self._waiting_fork:
            self._waiting_fork.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(REAP_SECONDS)

    def _next_reply(self) -> bytes:
        """The next control byte. When none comes, the process counts as unusable."""
        self._unresponsive = True
        with _worker_errors():
            reply = frames.receive_byte(self._control, time.monotonic() + REPLY_SECONDS)
        self._unresponsive = self._ending_due = False
        return reply


@contextmanager
def _worker_errors() -> Iterator[None]:
    try:
        yield
    except (OSError, frames.BadFrame) as error:
        raise WorkerGone(type(error).__name__) from error


def _spawn(fd: int, target: str, limits: WorkerLimits) -> subprocess.Popen[bytes]:
    """A new interpreter in its own session (signals to the server's group do not reach it), without our secrets."""
    command = [sys.executable, "-m", "app.base.workers.main", str(fd), target]
    numbers = [limits.memory_bytes, limits.cpu_seconds, int(limits.sandbox)]
    return subprocess.Popen(
        [*command, *map(str, numbers)],
        cwd=ROOT,
        env={name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ} | ONE_THREAD,
        pass_fds=(fd,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
