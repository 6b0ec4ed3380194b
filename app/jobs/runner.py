"""Carries long work out: one job at a time, in the process of `app.work` or of a command."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.base.clock import Clock
from app.base.database import Database
from app.base.json_values import JsonObject
from app.base.tokens import secret
from app.base.unavailable import Unavailable
from app.jobs import actions
from app.jobs.model import Job
from app.jobs.queries import job_of
from app.jobs.rules import FAILED

log = logging.getLogger(__name__)
SHOWN = 0.5  # seconds between two notes of how far it is


class Stopped(Exception):
    """Whoever asked for it asks for its end: leave everything as it was."""


class Leaving(Exception):
    """The process is to end: leave everything as it was; another one begins the job anew."""


class Failed(Exception):
    """It cannot be done; `text` says why to whoever asked, `outcome` what was found."""

    def __init__(self, text: str, outcome: JsonObject | None = None) -> None:
        super().__init__(text)
        self.text, self.outcome = text, outcome or {}


@dataclass
class Running:
    """A job under way, as the code sees that does it."""

    job: Job
    db: Database
    clock: Clock
    leave: threading.Event
    tell: Callable[[str, int, int], None] | None = None
    _shown: float = field(default=0.0, init=False)
    _at: tuple[str, int, int] = field(default=("", 0, 0), init=False)

    @property
    def arguments(self) -> JsonObject:
        """What was asked for."""
        return self.job.arguments

    def progress(self, step: str, done: int = 0, total: int = 0) -> None:
        """So far; call it often, and never inside a transaction. Raises Stopped and Leaving."""
        if self.leave.is_set():
            raise Leaving
        self._at = (step, done, total)
        if self.tell:
            self.tell(step, done, total)
        if time.monotonic() - self._shown >= SHOWN:
            self._shown = time.monotonic()
            self.beat()

    def beat(self) -> None:
        """Note how far it is; while the database cannot be written, nothing is noted."""
        try:
            with self.db.writing() as session:
                if not actions.beat(session, self.job, *self._at, self.clock.now()):
                    raise Leaving
                row = job_of(session, self.job.id)
                if row and row.stop_asked:
                    raise Stopped
        except Unavailable as error:
            log.warning("how far a job is was not noted: %s", error)

    def finish(self, session: Session, outcome: JsonObject) -> None:
        """Done, within the transaction of what was done: both are committed, or neither. Raises Leaving when the
        job is no longer this process's."""
        if not actions.finish(session, self.job, outcome, self.clock.now()):
            raise Leaving


Work = Callable[[Running], JsonObject]


class Runner:
    """Does what waits. `works`: kind → what does it; it returns its outcome, or has called `finish` itself."""

    def __init__(self, db: Database, clock: Clock, works: Mapping[str, Work]) -> None:
        self._db, self._clock, self._works = db, clock, works
        self.leave = threading.Event()

    def run_next(self) -> bool:
        """Give up what is lost, begin what is next and carry it out; whether there was anything."""
        with self._db.writing() as session:
            actions.give_up_lost(session, self._clock.now())
            job = actions.begin_next(session, self._clock.now())
        if job:
            self.run(job)
        return job is not None

    def run(self, job: Job, tell: Callable[[str, int, int], None] | None = None) -> bool:
        """Carry out a job that this process has begun; whether it is done."""
        running = Running(job, self._db, self._clock, self.leave, tell)
        try:
            outcome = self._works[job.kind](running)
            with self._db.writing() as session:
                actions.finish(session, job, outcome, self._clock.now())
        except Leaving:
            self._end(lambda session: actions.put_back(session, job))
        except Stopped:
            self._end(lambda session: actions.stopped(session, job, self._clock.now()))
        except Failed as reason:
            text, found = reason.text, reason.outcome
            self._end(lambda session: actions.fail(session, job, text, found, self._clock.now()))
        except Exception:
            number = secret()[:8]
            log.exception("job %s (%s) failed: %s", job.id, job.kind, number)
            self._end(lambda session: actions.fail(session, job, FAILED, {"number": number}, self._clock.now()))
        else:
            return True
        return False

    def _end(self, end: Callable[[Session], bool]) -> None:
        try:
            with self._db.writing() as session:
                end(session)
        except Unavailable as error:
            log.warning("the end of a job was not noted: it is given up later: %s", error)
