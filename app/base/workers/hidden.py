"""Secrets leave the environment once they were read: a process of the same user finds none under /proc."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Collection
from pathlib import Path

ENV_START, ENV_END = 47, 48  # after the name in /proc/self/stat: fields 50 and 51 of proc(5), the first being 1


def hide(names: Collection[str]) -> None:
    """Take these variables, in capitals or not, out of `os.environ`, and overwrite what the kernel gave us of them."""
    wanted = {name.upper() for name in names}
    for name in [each for each in os.environ if each.upper() in wanted]:
        del os.environ[name]
    start, end = _block()
    at = start
    for entry in ctypes.string_at(start, end - start).split(b"\0"):
        key, sign, value = entry.partition(b"=")
        if key.decode(errors="replace").upper() in wanted:
            ctypes.memset(at + len(key + sign), 0, len(value))
        at += len(entry) + 1


def _block() -> tuple[int, int]:
    """First and last address of the environment that the kernel gave us, which /proc shows as long as we live."""
    fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    return int(fields[ENV_START]), int(fields[ENV_END])
