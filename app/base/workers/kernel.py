"""Kernel calls that Python does not offer: prctl and raw system calls; their errors are raised as OSError."""

from __future__ import annotations

import ctypes
import os
import platform

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
CAPSET = {"x86_64": 126, "aarch64": 91}
CAPABILITIES_3 = 0x20080522
_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def prctl(option: int, value: int) -> None:
    """Raises OSError."""
    _checked(_libc.prctl(option, *map(ctypes.c_ulong, (value, 0, 0, 0))))


def syscall(number: int, *arguments: object) -> int:
    """What the call returns. `arguments` are int, None or ctypes objects (their common type is private to ctypes).

    Raises OSError.
    """
    given = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    return _checked(_libc.syscall(ctypes.c_long(number), *given))


def no_capabilities() -> None:
    """Drop all capabilities, also those that an exec could restore. Raises OSError."""
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_3, 0)
    syscall(CAPSET[platform.machine()], ctypes.byref(header), ctypes.byref((ctypes.c_uint32 * 6)()))


def undumpable() -> None:
    """No core file; only root may read this process's memory, environment and files under /proc."""
    prctl(PR_SET_DUMPABLE, 0)


def _checked(answer: int) -> int:
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return answer
