"""Privileges that a worker process drops before it opens untrusted files: docs/decisions/sandbox.md.

`enter` is for the process that has loaded everything and only forks, `enter_job` for each fork.
"""

from __future__ import annotations

import os
import platform
import resource
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from app.base.workers import landlock, seccomp
from app.base.workers.kernel import CAPSET, PR_SET_NO_NEW_PRIVS, PR_SET_PDEATHSIG, no_capabilities, prctl, undumpable
from app.base.workers.syscalls import (
    ALWAYS_ALLOWED,
    CONDITIONAL,
    NO_NAMESPACES,
    PARENT,
    PRLIMIT_READ_ONLY,
    READING,
    THREADS_ONLY,
)

# In systemd's list of user numbers 60578 to 61183 are unused; each process takes one of them
NOBODY, NOBODIES = 60578, 606
ROOT = 0


def enter(readable: Sequence[Path] = ()) -> list[str]:
    """From now on, also for forks: no root, no files outside these folders, no network, no exec, no other processes.

    Returns what this machine does not support, each in a few words. Raises OSError when a supported step fails;
    RuntimeError when there are several threads, which cannot be restricted together.
    """
    if len(os.listdir("/proc/self/task")) > 1:
        raise RuntimeError("a worker's module has started threads before it was locked")
    missing = [] if _leave_root() else ["a user of their own (setuid is not allowed)"]
    if platform.machine() in CAPSET:
        no_capabilities()
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    undumpable()
    if landlock.version():
        landlock.restrict(readable)
    else:
        missing.append("Landlock (Linux 5.13)")
    if seccomp.known():
        seccomp.restrict(seccomp.compiled([*ALWAYS_ALLOWED, *PARENT, *_reading(readable)], CONDITIONAL | NO_NAMESPACES))
    else:
        missing.append("seccomp filters (Linux 4.14 on x86_64 or aarch64)")
    return missing


def job_filter(readable: Sequence[Path] = ()) -> bytes:
    """The filter of `enter_job`, which also forbids forks and signals. Empty where there are no filters."""
    return (
        seccomp.compiled([*ALWAYS_ALLOWED, *_reading(readable)], CONDITIONAL | THREADS_ONLY | PRLIMIT_READ_ONLY)
        if seccomp.known()
        else b""
    )


def enter_job(cpu_seconds: int, job_seccomp: bytes) -> None:
    """Have the kernel kill this process when its CPU time is used up or its parent is gone; install the filter."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    if job_seccomp:
        seccomp.restrict(job_seccomp)


def _reading(readable: Sequence[Path]) -> Sequence[str]:
    return READING if readable else ()


def _leave_root() -> bool:
    """Root becomes an unused user; other users stay the same. False when setuid is not allowed."""
    if os.geteuid() != ROOT:
        return True
    nobody = NOBODY + os.getpid() % NOBODIES
    with suppress(OSError):
        os.setgroups([])
        os.setresgid(nobody, nobody, nobody)
        os.setresuid(nobody, nobody, nobody)
        return True
    return False
