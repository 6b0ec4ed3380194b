"""One seat of the pool: holds a child process, replaces it when it died or has worked enough."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.base import frames
from app.base.frames import Header

ROOT = Path(__file__).parents[2]
START_SECONDS = 30
# One thread each: more cost address space with every core of the machine, and the pool is as parallel as it should be.
ALONE = {"OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
KEPT = ("LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH")


Task = Callable[[], object]


def nothing() -> None:
    """What is done meanwhile when nothing is to be done."""


class Died(Exception):
    """The child died over this job, or was killed because it took too long."""


@dataclass(frozen=True)
class Limits:
    """What one job may use, and how many jobs one child does."""

    wall_seconds: float
    cpu_seconds: int
    memory_bytes: int
    jobs: int


class Child:
    """A running process and our end of the socket to it."""

    def __init__(self, target: str, limits: Limits) -> None:
        self._limits = limits
        self._sock, theirs = socket.socketpair()
        try:
            self._process = _spawn(theirs.fileno(), target, limits)
        except OSError:
            self._sock.close()
            raise
        finally:
            theirs.close()
        self._ready = False
        self._jobs_left = limits.jobs

    @property
    def usable(self) -> bool:
        """It lives and has not yet done all its jobs."""
        return self._jobs_left > 0 and self._process.poll() is None

    def ask(self, header: Header, body: bytes, meanwhile: Task) -> tuple[Header, bytes]:
        """The answer, within the wall clock. Raises OSError or BadFrame; the child is then of no more use."""
        self._await_ready()
        self._jobs_left -= 1
        deadline = time.monotonic() + self._limits.wall_seconds
        frames.send(self._sock, header, body, deadline)
        meanwhile()
        return frames.receive(self._sock, deadline)

    def _await_ready(self) -> None:
        """Importing the target is not on the job's clock."""
        if self._ready:
            return
        try:
            frames.receive(self._sock, time.monotonic() + START_SECONDS)
        except (OSError, frames.BadFrame) as error:
            raise RuntimeError("a worker process did not start; its reason is on stderr") from error
        self._ready = True

    def end(self) -> None:
        """Kill and reap."""
        self._process.kill()
        with suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)
        self._sock.close()
        self._process.wait()


class Seat:
    """Runs jobs one after another, each in a child that is fit for it."""

    def __init__(self, target: str, limits: Limits) -> None:
        self._target, self._limits = target, limits
        self._child: Child | None = None
        self._closed = False
        self._change = threading.Lock()

    def start(self) -> Child:
        """The child, started when there is none."""
        with self._change:
            if self._closed:
                raise Died("closed")
            self._child = self._child or Child(self._target, self._limits)
            return self._child

    def run(self, header: Header, body: bytes, meanwhile: Task = nothing) -> tuple[Header, bytes]:
        """The child's answer; see Workers. Raises Died; RuntimeError when no child can start."""
        child = self._fit_child()
        try:
            answer = child.ask(header, body, meanwhile)
        except (OSError, frames.BadFrame) as error:
            self._replace()
            raise Died(type(error).__name__) from error
        except BaseException:  # even a killed greenlet must not leave a late answer for the next job
            self._replace()
            raise
        if not child.usable:
            self._replace()
        return answer

    def close(self) -> None:
        """End the child and take no more jobs."""
        with self._change:
            self._closed = True
        self._drop()

    def _fit_child(self) -> Child:
        child = self.start()
        if child.usable:
            return child
        self._drop()
        return self.start()

    def _replace(self) -> None:
        """A fresh child at once; if none can start now, the next job tries again."""
        self._drop()
        with suppress(OSError, Died):
            self.start()

    def _drop(self) -> None:
        with self._change:
            child, self._child = self._child, None
        if child:
            child.end()


def _spawn(fd: int, target: str, limits: Limits) -> subprocess.Popen[bytes]:
    """A fresh interpreter in its own session (a signal to the server's group is not for it), without our secrets."""
    command = [sys.executable, "-m", "app.base.worker_child", str(fd), target]
    return subprocess.Popen(
        [*command, str(limits.memory_bytes), str(limits.cpu_seconds)],
        cwd=ROOT,
        env={name: os.environ[name] for name in KEPT if name in os.environ} | ALONE,
        pass_fds=(fd,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
