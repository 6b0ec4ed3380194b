"""The program of a worker process: import the target, drop privileges, then fork once for each job.

Started as `python -m app.base.workers.main FD TARGET MEMORY_BYTES CPU_SECONDS SANDBOXED`. FD is a socket over which
the pool sends `JOB` with the socket of one job, or `CANCEL`. The fork reads the job, calls the target, writes the
answer and exits, so no picture is in the memory that decodes the next one. The worker process itself reads no picture;
it reports to the pool how the fork ended.

Optional functions in the target's module: `warm()` is called once at the start; `readable()` returns the folders that
jobs may read; `warm_fork()` is called in a fork that waits for its job, so that its memory pages are already copied.
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
from app.base.workers.frames import BEGUN, CANCELLED, DONE, FAULT, JOB, OUTSIDE, Header, no_task
from app.base.workers.syscalls import is_own_fault

NICENESS = 5  # of 19: the serving process has priority when there are more processes than cores
IMPORT_FAILED = 3  # exit status: a module was not loaded before the sandbox was entered; not caused by the job
IDLE_SECONDS = 0.02  # a fork that has waited this long for its job has time for `warm_fork`
CHECK_MS = 200  # interval at which a fork that was stopped (SIGSTOP) is noticed

Target = Callable[[Header, bytes], tuple[Header, bytes]]


@dataclass(frozen=True)
class Loaded:
    """The function named by `package.module:function`, and the optional functions of its module."""

    function: Target
    readable: Sequence[Path]
    warm_fork: Callable[[], None]


def load(target: str) -> Loaded:
    """Import the target's module and call its `warm`."""
    name, _, wanted = target.partition(":")
    module = import_module(name)
    getattr(module, "warm", no_task)()
    return Loaded(getattr(module, wanted), getattr(module, "readable", tuple)(), getattr(module, "warm_fork", no_task))


def serve(control: socket.socket, perform: Callable[[socket.socket], None]) -> None:
    """Fork for every job, until the pool closes its socket."""
    while True:
        order, files, _, _ = socket.recv_fds(control, 1, 1)
        if not order:
            return
        if order == JOB and files:
            control.sendall(_run_job(control, files[0], perform))


def _run_job(control: socket.socket, file: int, perform: Callable[[socket.socket], None]) -> bytes:
    """Fork for one job and wait; returns how the fork ended, one of the bytes of `frames`."""
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
    """Runs in the fork and never returns. An exception ends the fork only."""
    status = 0
    try:
        perform(job)
    except BaseException as error:
        traceback.print_exc()
        status = IMPORT_FAILED if isinstance(error, ImportError) else 1
    os._exit(status)


def answer(job: socket.socket, loaded: Loaded) -> None:
    """Read the job and send the answer. Errors of the socket are ignored: the pool is gone then."""
    job.setblocking(True)  # an eventlet pool has made it non-blocking
    if not select.select([job], [], [], IDLE_SECONDS)[0]:
        loaded.warm_fork()
    try:
        header, body = frames.receive(job)
    except (frames.BadFrame, OSError):
        return
    result = loaded.function(header, body)
    with suppress(OSError):
        frames.send(job, *result)


def _ending(control: socket.socket, fork: int) -> bytes:
    """Wait for the fork and return how it ended. Kills it when the pool cancels or is gone, or when it was stopped."""
    pidfd, poll, reason = os.pidfd_open(fork), select.poll(), b""
    poll.register(pidfd, select.POLLIN)
    poll.register(control, select.POLLIN)
    while True:
        ready = {file for file, _ in poll.poll(CHECK_MS)}
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
    """Whether the pool cancels the job or is gone; False when its next message is already the next job."""
    if control.recv(1, socket.MSG_PEEK) == JOB:
        return False
    control.recv(1)
    return True


def _ended(code: int, status: int, reason: bytes) -> bytes:
    if code == os.CLD_EXITED:
        return {0: DONE, IMPORT_FAILED: OUTSIDE}.get(status, FAULT)
    return FAULT if is_own_fault(status) else reason or OUTSIDE


def main(fd: str, target: str, memory_bytes: str, cpu_seconds: str, sandboxed: str) -> None:
    """Set the resource limits, load the target, enter the sandbox, report ready, then serve jobs."""
    resource.setrlimit(resource.RLIMIT_AS, (int(memory_bytes), int(memory_bytes)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(NICENESS)
    control = socket.socket(fileno=int(fd))  # not closed before exit: its end tells the pool
    control.setblocking(True)
    loaded = load(target)
    missing = sandbox.enter(loaded.readable) if int(sandboxed) else []
    job_seccomp = sandbox.job_filter(loaded.readable) if int(sandboxed) else b""
    gc.freeze()  # forks share the memory of what is loaded now; a garbage collection would copy it

    def perform(job: socket.socket) -> None:
        sandbox.enter_job(int(cpu_seconds), job_seccomp)
        answer(job, loaded)

    frames.send(control, {"missing": missing}, b"")
    serve(control, perform)


if __name__ == "__main__":
    main(*sys.argv[1:])
