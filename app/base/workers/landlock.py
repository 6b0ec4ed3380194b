"""Landlock: forbids opening other files, using TCP ports, signalling processes outside. Interface: `landlock(7)`.

Holds for this thread and for everything it starts.
"""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from app.base.workers.kernel import syscall

CREATE, ADD, RESTRICT = 444, 445, 446  # the same number on every architecture
VERSION = 1
FILES = {1: 13, 2: 14, 3: 15, 4: 15}  # version → how many rights over files it knows; since 5: 16
READ_FILE, READ_FOLDER = 1 << 2, 1 << 3
PORTS = 0b11  # bind, connect
OUTSIDE = 0b11  # abstract sockets, signals
ABSENT = (errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM)  # an old kernel, turned off, a container that forbids asking


class _Rules(ctypes.Structure):
    _fields_: ClassVar = [("files", ctypes.c_uint64), ("ports", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_: ClassVar = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def version() -> int:
    """The version of the kernel's Landlock, 0 when there is none. Raises OSError."""
    try:
        return syscall(CREATE, None, 0, VERSION)
    except OSError as error:
        if error.errno in ABSENT:
            return 0
        raise


def restrict(readable: Iterable[Path]) -> None:
    """Allow reading in these folders only. Needs no_new_privs and a version above 0. Raises OSError."""
    known = version()
    rules = _Rules((1 << FILES.get(known, 16)) - 1, PORTS if known >= 4 else 0, OUTSIDE if known >= 6 else 0)
    size = 24 if known >= 6 else 16 if known >= 4 else 8
    with _closing(syscall(CREATE, ctypes.byref(rules), size, 0)) as ruleset:
        for folder in readable:
            _allow(ruleset, folder)
        syscall(RESTRICT, ruleset, 0)


def _allow(ruleset: int, folder: Path) -> None:
    with _closing(os.open(folder, os.O_PATH | os.O_DIRECTORY)) as parent:
        syscall(ADD, ruleset, 1, ctypes.byref(_Beneath(READ_FILE | READ_FOLDER, parent)), 0)


@contextmanager
def _closing(fd: int) -> Iterator[int]:
    try:
        yield fd
    finally:
        os.close(fd)
