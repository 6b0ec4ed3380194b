"""What runs in a worker process: load and warm the target once, give up what it may not keep, then a fork for each job.

Started as `python -m app.base.workers.main FD TARGET MEMORY_BYTES CPU_SECONDS SANDBOXED`. FD is a socket over which
the pool sends `JOB` with the socket of one job, or `CANCEL`. The fork reads the job, calls the target, writes the
answer and ends: nothing of one picture is in the memory that opens the next. This process itself reads no picture; it
tells how the fork ended.

When the target's module has a function `warm`, it is called at the start; what `readable` returns, folders, may be read
during the jobs; `rehearse` is called in a fork that waits for its job, so that the memory it needs is already its own.
"""

from __future__ import annotations

import gc
import os
import resource
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from app.base.workers import frames, sandbox
from app.base.workers.frames import BEGUN, CANCELLED, DONE, FAULT, JOB, OUTSIDE, Header
from app.base.workers.syscalls import own

YIELDING = 5  # of 19: who serves comes first when there are more processes than cores
OURS = 3  # exit status: something was not loaded before the lock, which is no picture's fault
IDLE_SECONDS = 0.02  # a fork that has waited so long for its job has time to rehearse
LOOK_MS = 200  # how soon it is noticed that somebody stopped a job

Target = Callable[[Header, bytes], tuple[Header, bytes]]


@dataclass(frozen=True)
class Loaded:
    """What `package.module:function` names, its module being warm, and what else the module says about itself."""

    function: Target
    readable: Sequence[Path]
    rehearse: Callable[[], bool | None]


def load(target: str) -> Loaded:
    """Import and warm it."""
    name, _, wanted = target.partition(":")
    module = import_module(name)
    getattr(module, "warm", bool)()
    return Loaded(getattr(module, wanted), getattr(module, "readable", tuple)(), getattr(module, "rehearse", bool))


def serve(control: socket.socket, perform: Callable[[socket.socket], None]) -> None:
    """A fork for every job that comes, until the pool is gone."""
    while True:
        order, files, _, _ = socket.recv_fds(control, 1, 1)
        if not order:
            return
        if order == JOB and files:
            control.sendall(_one(control, files[0], perform))


def _one(control: socket.socket, file: int, perform: Callable[[socket.socket], None]) -> bytes:
    """Have one job done; how it ended."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=file) as job:
        try:
            fork = os.fork()
        except OSError:
            return OUTSIDE
        if not fork:
            control.close()
            _perform(job, perform)
    control.sendall(BEGUN)
    return _ending(control, fork)


def _perform(job: socket.socket, perform: Callable[[socket.socket], None]) -> None:
    """In the fork: never returns. Whatever goes wrong ends this process alone."""
    status = 0
    try:
        perform(job)
    except BaseException as error:
        traceback.print_exc()
        status = OURS if isinstance(error, ImportError) else 1
    os._exit(status)


def answer(job: socket.socket, loaded: Loaded) -> None:
    """Read the job, answer it. When the pool has gone away there is nobody to tell."""
    job.setblocking(True)  # an eventlet pool has made it non-blocking
    if not select.select([job], [], [], IDLE_SECONDS)[0]:
        loaded.rehearse()
    try:
        header, body = frames.receive(job)
    except (frames.BadFrame, OSError):
        return
    told = loaded.function(header, body)
    with suppress(OSError):
        frames.send(job, *told)


def _ending(control: socket.socket, fork: int) -> bytes:
    """How the fork ended; it is ended here when the pool says so or is gone, and when somebody has stopped it."""
    pidfd, poll, reason = os.pidfd_open(fork), select.poll(), b""
    poll.register(pidfd, select.POLLIN)
    poll.register(control, select.POLLIN)
    while True:
        ready = {file for file, _ in poll.poll(LOOK_MS)}
        seen = os.waitid(os.P_PID, fork, os.WEXITED | os.WSTOPPED | os.WNOHANG)
        if seen and seen.si_code != os.CLD_STOPPED:
            os.close(pidfd)
            return _ended(seen.si_code, seen.si_status, reason)
        if control.fileno() in ready and not _cancelled(control):
            poll.unregister(control)
        elif seen or control.fileno() in ready:
            reason = reason or (OUTSIDE if seen else CANCELLED)
            signal.pidfd_send_signal(pidfd, signal.SIGKILL)


def _cancelled(control: socket.socket) -> bool:
    """The pool gives up this job, or is gone; False when it asks for the next one already."""
    if control.recv(1, socket.MSG_PEEK) == JOB:
        return False
    control.recv(1)
    return True


def _ended(code: int, status: int, reason: bytes) -> bytes:
    if code == os.CLD_EXITED:
        return {0: DONE, OURS: OUTSIDE}.get(status, FAULT)
    return FAULT if own(status) else reason or OUTSIDE


def main(fd: str, target: str, memory_bytes: str, cpu_seconds: str, sandboxed: str) -> None:
    """Take the limits upon us, load the target, lock ourselves in, say that we are ready, serve."""
    resource.setrlimit(resource.RLIMIT_AS, (int(memory_bytes), int(memory_bytes)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(YIELDING)
    control = socket.socket(fileno=int(fd))  # closed by our end alone: only after a traceback has been written
    control.setblocking(True)
    loaded = load(target)
    missing = sandbox.enter(loaded.readable) if int(sandboxed) else []
    taking_away = sandbox.job_filter(loaded.readable) if int(sandboxed) else b""
    gc.freeze()  # forks share what is loaded now; looking through it for garbage would copy it

    def perform(job: socket.socket) -> None:
        sandbox.enter_job(int(cpu_seconds), taking_away)
        answer(job, loaded)

    frames.send(control, {"missing": missing}, b"")
    serve(control, perform)


if __name__ == "__main__":
    main(*sys.argv[1:])
