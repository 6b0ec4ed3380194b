"""A worker process as its pool sees it: started, asked to fork for a job, told to give it up, ended."""

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
WORD_SECONDS = 3  # a healthy worker says a word within milliseconds
REAP_SECONDS = 5
LOOK_SECONDS = 0.5  # how soon it is noticed that a process was stopped while it started
# One thread each: more cost address space with every core of the machine, and the pool is as parallel as it should be.
ALONE = {"OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
KEPT = ("LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH")


class Gone(Exception):
    """The process was ended or stopped by somebody else, or does not answer: not the job's doing."""


class CannotStart(RuntimeError):
    """No worker process could be started. The pool tries again with the next job."""


@dataclass(frozen=True)
class Limits:
    """What one job may use, and whether the process locks itself in before the first one."""

    wall_seconds: float
    cpu_seconds: int
    memory_bytes: int
    sandbox: bool


class Child:
    """A running process and our end of the socket to it."""

    def __init__(self, target: str, limits: Limits) -> None:
        self._control, theirs = socket.socketpair()
        try:
            self._process = _spawn(theirs.fileno(), target, limits)
        except OSError as error:
            self._control.close()
            raise CannotStart("a worker process did not start") from error
        finally:
            theirs.close()
        self._owes_a_word = self._lost = False
        self._spare: socket.socket | None = None

    def ready(self) -> list[str]:
        """Wait until it can work; what it could not lock. Raises CannotStart; the child is then of no more use."""
        try:
            deadline = time.monotonic() + START_SECONDS
            while not self._speaks() and time.monotonic() < deadline and self.usable:
                pass
            header, _ = frames.receive(self._control, min(deadline, time.monotonic() + WORD_SECONDS))
        except (OSError, frames.BadFrame) as error:
            raise CannotStart("a worker process did not start; its reason is on stderr") from error
        missing = header["missing"]
        return [str(each) for each in missing] if isinstance(missing, list) else []

    def _speaks(self) -> bool:
        """It says something, or has ended, within a moment. Raises OSError."""
        self._control.settimeout(LOOK_SECONDS)
        with suppress(TimeoutError):
            self._control.recv(1, socket.MSG_PEEK)
            return True
        return False

    @property
    def usable(self) -> bool:
        """It lives and nobody has stopped it."""
        if self._lost or self._process.poll() is not None:
            return False
        try:
            return os.waitid(os.P_PID, self._process.pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is None
        except ChildProcessError:  # ended in this very moment
            return False

    def prepare(self) -> None:
        """Have a fork made that waits for the next job. Raises Gone."""
        if self._spare:
            return
        self._spare, theirs = socket.socketpair()
        with theirs, _ours():
            socket.send_fds(self._control, [JOB], [theirs.fileno()])

    def begin(self) -> socket.socket:
        """The socket to a fork that has nothing to do but our job. Raises Gone."""
        self.prepare()
        if self._owes_a_word:
            self._word()
        if self._word() != BEGUN or not self._spare:
            raise Gone("no fork")
        self._owes_a_word = True
        job, self._spare = self._spare, None
        return job

    def ending(self, late: bool) -> bytes:
        """How the fork ended that gave no answer; `late`: it is ended now. Raises Gone."""
        if late:
            self.cancel()
        return self._word()

    def cancel(self) -> None:
        """Nobody waits for the job's answer any more."""
        with suppress(OSError):
            self._control.send(CANCEL)

    def end(self) -> None:
        """Kill and reap; its forks end with it."""
        self._process.kill()
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        self._control.close()
        if self._spare:
            self._spare.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(REAP_SECONDS)

    def _word(self) -> bytes:
        """The next one. When it does not come, whatever the reason, this child is of no more use."""
        self._lost = True
        with _ours():
            word = frames.receive_byte(self._control, time.monotonic() + WORD_SECONDS)
        self._lost = self._owes_a_word = False
        return word


@contextmanager
def _ours() -> Iterator[None]:
    try:
        yield
    except (OSError, frames.BadFrame) as error:
        raise Gone(type(error).__name__) from error


def _spawn(fd: int, target: str, limits: Limits) -> subprocess.Popen[bytes]:
    """A fresh interpreter in its own session (a signal to the server's group is not for it), without our secrets."""
    command = [sys.executable, "-m", "app.base.workers.main", str(fd), target]
    numbers = [limits.memory_bytes, limits.cpu_seconds, int(limits.sandbox)]
    return subprocess.Popen(
        [*command, *map(str, numbers)],
        cwd=ROOT,
        env={name: os.environ[name] for name in KEPT if name in os.environ} | ALONE,
        pass_fds=(fd,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
