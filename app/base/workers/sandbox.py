"""What a worker process gives up before it opens what strangers sent: docs/decisions/sandbox.md.

`enter` is for the process that has loaded everything and only starts others, `enter_job` for each of those.
"""

from __future__ import annotations

import os
import platform
import resource
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from app.base.workers import landlock
from app.base.workers import seccomp as bpf
from app.base.workers.kernel import CAPSET, PR_SET_NO_NEW_PRIVS, PR_SET_PDEATHSIG, no_capabilities, prctl, undumpable
from app.base.workers.syscalls import A_THREAD, HARMLESS, NO_NAMESPACE, ONLY_ASKING, PARENT, READING, SOME

# systemd's list of user numbers leaves 60578 to 61183 to nobody; each process takes one of them
NOBODY, NOBODIES = 60578, 606
ROOT = 0


def enter(readable: Sequence[Path] = ()) -> list[str]:
    """No root, no files but these folders, no network, no programs, no other processes: now and for all it starts.

    What this machine cannot do is told, each in a few words. Raises OSError when it can and yet fails; RuntimeError
    when there are several threads, which could not be locked together.
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
    if bpf.known():
        bpf.restrict(bpf.compiled([*HARMLESS, *PARENT, *_reading(readable)], SOME | NO_NAMESPACE))
    else:
        missing.append("seccomp filters (Linux 4.14 on x86_64 or aarch64)")
    return missing


def job_filter(readable: Sequence[Path] = ()) -> bytes:
    """What `enter_job` takes away besides: further processes, signals. Empty where there are no filters."""
    return bpf.compiled([*HARMLESS, *_reading(readable)], SOME | A_THREAD | ONLY_ASKING) if bpf.known() else b""


def enter_job(cpu_seconds: int, taking_away: bytes) -> None:
    """The kernel ends this process when it has used its CPU time, or when the one that started it is gone."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    if taking_away:
        bpf.restrict(taking_away)


def _reading(readable: Sequence[Path]) -> Sequence[str]:
    return READING if readable else ()


def _leave_root() -> bool:
    """Become nobody in particular; an ordinary user stays who it is. False when root may not."""
    if os.geteuid() != ROOT:
        return True
    nobody = NOBODY + os.getpid() % NOBODIES
    with suppress(OSError):
        os.setgroups([])
        os.setresgid(nobody, nobody, nobody)
        os.setresuid(nobody, nobody, nobody)
        return True
    return False
