"""What a companion runs in tests: it says that it is there, and does what its server does to it."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import FrameType


def main() -> None:
    """One line with the process's id for each start; then until stdin ends, or a signal."""

    def told(_number: int, _frame: FrameType | None) -> None:
        note("told")
        os._exit(0)

    signal.signal(signal.SIGTERM, told)
    note(f"started {os.getpid()}")
    sys.stdin.buffer.read()
    note("alone")


def note(words: str) -> None:
    with Path(os.environ["BESIDE"]).open("a") as file:
        file.write(f"{words}\n")


if __name__ == "__main__":
    main()
