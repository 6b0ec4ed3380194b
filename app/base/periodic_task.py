"""A periodic task in a background thread, for as long as the server runs; the same in every mode."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)
LAST_ROUND = 5  # seconds


class PeriodicTask:
    """Calls `do` every `seconds`, one call at a time. An exception is logged and does not end the task."""

    def __init__(self, do: Callable[[], None], seconds: float) -> None:
        self._do, self._seconds = do, seconds
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rounds", daemon=True)

    def start(self) -> None:
        """Start; the first call comes after the first pause."""
        self._thread.start()

    def stop(self) -> None:
        """Stop; a call that is running may take LAST_ROUND seconds to end."""
        self._stopped.set()
        self._thread.join(LAST_ROUND)

    def is_alive(self) -> bool:
        """Whether the thread is running."""
        return self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopped.wait(self._seconds):
            try:
                self._do()
            except Exception:
                log.exception("a round failed; the next one comes in %s seconds", self._seconds)
