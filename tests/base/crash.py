"""Deeds for the crash tests, done in a process that is killed: every acknowledged one is written down.

python -m tests.base.crash put|append FOLDER          again and again, until somebody kills it
python -m tests.base.crash put|append FOLDER steps    once for each step, killed at that step, in FOLDER/<step>
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from hashlib import sha256
from itertools import count
from pathlib import Path
from types import FrameType

from app.base.partial_uploads import PartialUploads
from app.base.seal import Sealer
from tests.base.vault import BOTH, StillClock, local

KEY = f"{'a' * 64}/{'1' * 64}"
PIECE = 32_768


def body(number: int, size: int = 3 * PIECE) -> bytes:
    """A body that its number tells."""
    return sha256(str(number).encode()).digest() * (size // 32)


def pieces(folder: Path) -> PartialUploads:
    """The uploads in that folder."""
    return PartialUploads(folder / "pieces", Sealer(BOTH), StillClock(), 10 << 20)


def put(folder: Path, number: int) -> None:
    """Keep a body, then write its row."""
    name = local(folder / "store", BOTH).put("owner", body(number))
    acknowledge(folder, f"{number} {name}")


def append(folder: Path, number: int) -> None:
    """Begin if need be, send the next piece, then write down where we are."""
    uploads = pieces(folder)
    offset = uploads.start(KEY, 2**40)
    acknowledge(folder, str(uploads.append(KEY, offset, body(offset, PIECE))))


def acknowledge(folder: Path, what: str) -> None:
    """What the other side was told; survives the death of this process."""
    with open(folder / "told", "a") as told:
        told.write(f"{what}\n")


def told(folder: Path) -> list[str]:
    """What the other side was told, whole lines only."""
    path = folder / "told"
    return [text for text in path.read_text().split("\n")[:-1]] if path.exists() else []


def forever(deed: Callable[[Path, int], None], folder: Path) -> None:
    """Until somebody ends us."""
    for number in count():
        deed(folder, number)


def at_every_step(deed: Callable[[Path, int], None], folder: Path) -> None:
    """Three deeds in a child that dies at its first call from our code into C, then its second, until one lives on."""
    for step in count(1):
        here = folder / str(step)
        here.mkdir()
        child = os.fork()
        if child == 0:
            die_at(step)
            for number in (0, 1, 0):
                deed(here, number)
            os._exit(0)
        if os.waitpid(child, 0)[1] == 0:
            return


def die_at(step: int) -> None:
    """Kill this process at the nth call that `app.base` makes into C (open, write, fsync, rename …)."""
    steps = count(1)

    def look(frame: FrameType, event: str, _called: object) -> None:
        if event == "c_call" and f"{os.sep}app{os.sep}base{os.sep}" in frame.f_code.co_filename and next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(look)


if __name__ == "__main__":
    run = at_every_step if "steps" in sys.argv else forever
    run({"put": put, "append": append}[sys.argv[1]], Path(sys.argv[2]))
