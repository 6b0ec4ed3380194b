"""A seccomp filter: a list of system calls that are allowed, some under conditions; all others fail with EPERM."""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
from collections.abc import Iterable
from typing import ClassVar

from app.base.workers.kernel import syscall
from app.base.workers.syscalls import AUDIT, ArgumentBits, Rules, number

LOAD, EQUAL, AT_LEAST, AND, RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
ALLOW, KILL = 0x7FFF0000, 0x80000000
REFUSE, UNKNOWN = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
CALL, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # offsets in `struct seccomp_data`
OTHER_ABI = 0x40000000  # x32 on x86_64: the same machine, other numbers
SET_FILTER, ALL_THREADS, ASK_ACTION = 1, 1, 2
ABSENT = (errno.ENOSYS, errno.EINVAL, errno.EPERM, errno.EOPNOTSUPP)

STEP_BYTES = 8
Step = tuple[int, int, int, int]  # code, steps to jump when true, when false, operand


class _Program(ctypes.Structure):
    _fields_: ClassVar = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]


def known() -> bool:
    """Whether the kernel supports filters and the architecture is a supported one."""
    if platform.machine() not in AUDIT:
        return False
    try:
        syscall(_number("seccomp"), ASK_ACTION, 0, ctypes.byref(ctypes.c_uint32(REFUSE & 0xFFFF0000)))
    except OSError as error:
        if error.errno in ABSENT:
            return False
        raise
    return True


def compiled(allowed: Iterable[str], conditional: Rules) -> bytes:
    """The BPF program that allows these calls and refuses all others."""
    return b"".join(struct.pack("=HBBI", *step) for step in _program(allowed, conditional))


def restrict(compiled_filter: bytes) -> None:
    """Install the filter. A second one can only restrict further. Needs no_new_privs. Raises OSError."""
    program = _Program(len(compiled_filter) // STEP_BYTES, compiled_filter)
    syscall(_number("seccomp"), SET_FILTER, ALL_THREADS, ctypes.byref(program))


def _program(allowed: Iterable[str], conditional: Rules) -> Iterable[Step]:
    yield LOAD, 0, 0, ARCHITECTURE
    yield EQUAL, 1, 0, AUDIT[platform.machine()]
    yield RETURN, 0, 0, KILL
    yield LOAD, 0, 0, CALL
    yield AT_LEAST, 0, 1, OTHER_ABI
    yield RETURN, 0, 0, REFUSE
    for name in allowed:
        yield from _when(name, [(RETURN, 0, 0, ALLOW)])
    for name, conditions in conditional.items():
        yield from _when(name, [step for each in conditions for step in _unless(each)] + [(RETURN, 0, 0, ALLOW)])
    yield from _when("clone3", [(RETURN, 0, 0, UNKNOWN)])  # its arguments cannot be seen: libraries fall back to clone
    yield RETURN, 0, 0, REFUSE


def _when(name: str, steps: list[Step]) -> Iterable[Step]:
    """These steps, which end with a return, for this call."""
    if (wanted := number(name)) is not None:
        yield EQUAL, 0, len(steps), wanted
        yield from steps


def _unless(condition: ArgumentBits) -> Iterable[Step]:
    """Refuse when the condition does not hold."""
    yield LOAD, 0, 0, ARGUMENTS + 8 * condition.index + 4 * condition.high
    yield AND, 0, 0, condition.mask
    yield EQUAL, 1, 0, condition.value
    yield RETURN, 0, 0, REFUSE


def _number(name: str) -> int:
    wanted = number(name)
    assert wanted is not None  # noqa: S101 — both machines have it
    return wanted
