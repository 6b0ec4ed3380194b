"""A process beside the server, for work that would hold everybody up: there while there is such work."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress

from app.base.periodic_task import PeriodicTask

LOOK = 1.0  # seconds
PATIENCE = 10  # seconds for what it has in hand
NICE = 5
log = logging.getLogger(__name__)


class Companion:
    """Runs `python -m module`, with these variables added to its environment, whenever `needed` and it is not there.

    It ends by itself when nothing is left to do. Its stdin ends when this process does.
    """

    def __init__(self, module: str, environment: Mapping[str, str], needed: Callable[[], bool]) -> None:
        self._command = ["nice", "-n", str(NICE), sys.executable, "-m", module]
        self._environment, self._needed = dict(environment), needed
        self._process: subprocess.Popen[bytes] | None = None
        self._task = PeriodicTask(self._look, LOOK)

    def start(self) -> None:
        """Look for work from now on."""
        self._task.start()

    def stop(self) -> None:
        """Tell the process to end; after PATIENCE it is killed."""
        self._task.stop()
        if self._process:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(PATIENCE)
            self._process.kill()
            self._reap(self._process)

    def _look(self) -> None:
        if self._process:
            if self._process.poll() is None:
                return
            self._reap(self._process)
        if self._needed():
            self._process = subprocess.Popen(
                self._command, env={**os.environ, **self._environment}, stdin=subprocess.PIPE, start_new_session=True
            )

    def _reap(self, process: subprocess.Popen[bytes]) -> None:
        self._process = None
        if process.stdin:
            process.stdin.close()
        if process.wait(PATIENCE) not in (0, -15):
            log.error("the process of long work ended by itself (%s)", process.returncode)
