"""Something that is done again and again in the background, for as long as the server runs; the same in every mode."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)
LAST_ROUND = 5  # seconds


class PeriodicTask:
    """Does `do` every so many seconds, one round at a time. A round that fails is logged, and the next one comes."""

    def __init__(self, do: Callable[[], None], seconds: float) -> None:
        self._do, self._seconds = do, seconds
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rounds", daemon=True)

    def start(self) -> None:
        """Begin; the first round comes after the first pause."""
        self._thread.start()

    def stop(self) -> None:
        """No more rounds; one that goes on may take a few seconds to end."""
        self._stopped.set()
        self._thread.join(LAST_ROUND)

    def is_alive(self) -> bool:
        """Whether rounds are still going on."""
        return self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopped.wait(self._seconds):
            try:
                self._do()
            except Exception:
                log.exception("a round failed; the next one comes in %s seconds", self._seconds)
