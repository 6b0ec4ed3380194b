"""Whoever judges pictures, with everything counted that they do."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.base.workers.frames import Task, no_task
from app.http.figures import FAILED, Figures
from app.imaging.inspect import Inspection, Inspector, WholeFacts
from app.imaging.report import Report


@dataclass
class CountedInspector:
    """An inspector around another one."""

    inner: Inspector
    figures: Figures
    in_hand: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def inspect(self, body: bytes, declared: str, while_running: Task = no_task) -> Inspection:
        """As the inner one; counted with its verdict."""
        with self._counted() as judged:
            done = self.inner.inspect(body, declared, while_running)
            judged(done.report.verdict)
        return done

    def probe(self, body: bytes, declared: str, told: WholeFacts) -> Report:
        """As the inner one; counted with its verdict."""
        with self._counted() as judged:
            report = self.inner.probe(body, declared, told)
            judged(report.verdict)
        return report

    def is_ready(self) -> bool:
        """As the inner one."""
        return self.inner.is_ready()

    def start(self) -> None:
        """As the inner one."""
        self.inner.start()

    def close(self) -> None:
        """As the inner one."""
        self.inner.close()

    @contextmanager
    def _counted(self) -> Iterator[Callable[[str], None]]:
        begun, verdicts = time.perf_counter(), [FAILED]
        self._step(1)
        try:
            yield verdicts.append
        finally:
            self._step(-1)
            self.figures.inspection(verdicts[-1], time.perf_counter() - begun)

    def _step(self, step: int) -> None:
        with self._lock:
            self.in_hand += step
