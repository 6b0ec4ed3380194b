"""Notices when the event loop is held, and names what held it.

A task of the loop leaves a mark twenty times a second; a thread that eventlet has not patched sees when a mark is late,
and looks at the main thread's stack. It logs nothing itself: locks of patched modules are the loop's. When the whole
process did not run (the machine slept, or had no time for it), nothing of ours held anything.
"""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from io import FileIO
from pathlib import Path
from types import FrameType

from app.base.logs import logger_of
from app.http.trace import ID

STEP = 0.05  # seconds between two marks, and between two looks
HELD = 0.2  # seconds without a mark
LATE = 0.1  # seconds by which the looks themselves may be late
STUCK = 10.0  # seconds after which every stack is written to stderr
DEPTH, MOST_KINDS = 12, 100
OURS, LIBRARIES = f"{Path(__file__).parents[2]}/", "site-packages"
SCHEDULE = "/proc/self/task/{}/schedstat"  # nanoseconds: on the processor, waiting for it
HUB = "eventlet/hubs/"
LOG = logger_of("zhengzhao.watchdog")


@dataclass(frozen=True)
class Hold:
    """What the main thread was doing: the place in our code, its stack from there outwards, the id of the request."""

    where: str
    stack: str
    request: str
    seconds: float = 0.0


class Watchdog:
    """`lag` hears how late the loop came, `held` where it was held; both are called in the loop.

    Only an eventlet server is one loop: with threads nobody holds the others up, and only the lag is measured.
    """

    def __init__(self, async_mode: str, lag: Callable[[float], None], held: Callable[[str], None]) -> None:
        self._mode, self._lag, self._held = async_mode, lag, held
        self._stopped = threading.Event()
        self._mark = self._excused = time.monotonic()
        self._over: deque[Hold] = deque(maxlen=MOST_KINDS)
        self._told: set[str] = set()
        self._main = 0
        self._schedule: FileIO | None = None

    def start(self) -> None:
        """From the main thread."""
        threading.Thread(target=self._beat, name="pulse", daemon=True).start()
        if self._mode == "eventlet":
            original = import_module("eventlet.patcher").original
            self._main = original("_thread").get_ident()
            with suppress(OSError):
                self._schedule = open(SCHEDULE.format(os.getpid()), "rb", buffering=0)  # noqa: SIM115 — as long as it runs
            original("_thread").start_new_thread(self._watch, (original("time").sleep,))

    def stop(self) -> None:
        """Both end within a moment."""
        self._stopped.set()

    def _beat(self) -> None:
        while True:
            due = time.monotonic() + STEP
            if self._stopped.wait(STEP):
                return
            self._mark = time.monotonic()
            self._lag(max(0.0, self._mark - due))
            while self._over:
                self._tell(self._over.popleft())

    def _tell(self, hold: Hold) -> None:
        if hold.where not in self._told and len(self._told) < MOST_KINDS:
            self._told.add(hold.where)
            LOG.warning(
                f"the event loop was held for {hold.seconds:.2f} s by {hold.where}",
                id=hold.request or None,
                stack_of_main=hold.stack,
            )
        self._held(hold.where)

    def _watch(self, sleep: Callable[[float], None]) -> None:
        """In the real thread; nothing here waits for anything but `sleep`."""
        hold: Hold | None = None
        since, dumped, seen, starved = 0.0, False, 0.0, 0.0
        while not self._stopped.is_set():
            ran, mark = self._ran(sleep), self._mark
            if mark != seen:
                seen, starved = mark, self._starved()
            late = time.monotonic() - max(mark, self._excused) - (self._starved() - starved)
            if hold and mark > since:
                self._over.append(Hold(hold.where, hold.stack, hold.request, mark - since))
                hold, dumped = None, False
            elif ran and hold is None and late > HELD:
                hold, since = self._sampled(), mark
            elif hold and late > STUCK and not dumped:
                dumped = True
                faulthandler.dump_traceback()

    def _ran(self, sleep: Callable[[float], None]) -> bool:
        """Sleep for a step; whether the process ran meanwhile, or wanted to. A C function that never gives the
        interpreter away keeps this thread waiting too, but then the processor was ours."""
        begun, used = time.monotonic(), time.process_time() + self._starved()
        sleep(STEP)
        over = time.monotonic() - begun - STEP
        if over > LATE and time.process_time() + self._starved() - used < over / 2:
            self._excused = time.monotonic()
            return False
        return True

    def _starved(self) -> float:
        """Seconds for which the main thread was ready and other programs had the processor; 0 where Linux does not
        tell."""
        if self._schedule is None:
            return 0.0
        self._schedule.seek(0)
        return int(self._schedule.read(100).split()[1]) / 1e9

    def _sampled(self) -> Hold | None:
        frame = sys._current_frames().get(self._main)
        return None if frame is None or HUB in frame.f_code.co_filename else named(frame)


def named(frame: FrameType) -> Hold:
    """What a stack is about: its innermost function of ours, else the innermost of all."""
    frames: list[FrameType] = []
    at: FrameType | None = frame
    while at:
        frames.append(at)
        at = at.f_back
    ours = next((each for each in frames if _is_ours(each.f_code.co_filename)), frames[0])
    lines = [f"{_place(each)}:{each.f_lineno}" for each in frames[:DEPTH]]
    environs = (each.f_locals.get("environ") for each in frames if each.f_code.co_name == "__call__")
    ids = (str(each[ID]) for each in environs if isinstance(each, dict) and ID in each)
    return Hold(_place(ours), " < ".join(lines), next(ids, ""))


def _place(frame: FrameType) -> str:
    name = frame.f_code.co_filename
    short = name.removeprefix(OURS) if _is_ours(name) else "/".join(name.split("/")[-2:])
    return f"{short}:{frame.f_code.co_name}"


def _is_ours(name: str) -> bool:
    return name.startswith(OURS) and LIBRARIES not in name
