"""Remove secrets from the environment after they were read, so that /proc does not show them to other processes."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Collection
from pathlib import Path

ENV_START, ENV_END = 47, 48  # after the name in /proc/self/stat: fields 50 and 51 of proc(5), the first being 1


def hide(names: Collection[str]) -> None:
    """Delete these variables (upper or lower case) from `os.environ`, and overwrite their initial values."""
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
    """First and last address of the process's initial environment, which /proc/PID/environ shows."""
    fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    return int(fields[ENV_START]), int(fields[ENV_END])
