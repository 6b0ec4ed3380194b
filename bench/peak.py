"""The most memory that another process has had, read while it runs.

Not what the kernel tells when it ends: that figure begins with what the process that started it had.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def megabytes(pid: int, what: str = "VmHWM") -> float:
    """One figure of a process, by its name in /proc/PID/status. Raises OSError or StopIteration when it is no more."""
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return float(next(line for line in status if line.startswith(f"{what}:")).split()[1]) / 1024


def peaks(pid: int) -> Iterator[float]:
    """The most so far in MB, again and again until it ends."""
    with suppress(OSError, StopIteration):
        while True:
            yield megabytes(pid)
