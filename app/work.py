"""The process of long work: imports, exports, backups; and of errands beside it, such as notices. The server starts it
when something waits; it ends when nothing has waited for a while, and with the server."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from types import FrameType

from flask import Flask

from app import create_app
from app.base.database import Database
from app.base.logs import set_up
from app.base.unavailable import Unavailable
from app.base.workers.hidden import hide
from app.base.workers.kernel import undumpable
from app.config import SECRETS, load
from app.dependencies import Dependencies
from app.http.provided import provided_by
from app.http.slices import Errand, Slices
from app.jobs.queries import next_waiting, running
from app.jobs.runner import Runner

LOOK = 1.0  # seconds between looks for work
IDLE = 30.0  # seconds without any: then it ends
log = logging.getLogger(__name__)


def main() -> None:
    """Do what waits until the server that started this process ends, or tells it to."""
    settings = load(async_mode="threading")
    set_up(settings.log_file)
    undumpable()
    hide(SECRETS)
    app = create_app(settings)
    dependencies = provided_by(app).get(Dependencies)
    runner = Runner(dependencies.db, dependencies.clock, provided_by(app).get(Slices).works)
    _until_told(runner)
    beside = Beside(app, provided_by(app).get(Slices).errands, runner.leave)
    beside.start()
    with app.app_context():
        work(runner, beside)
    beside.join()
    dependencies.close()


def waits(app: Flask) -> bool:
    """Whether there is long work to do, or an errand."""
    with provided_by(app).get(Database).reading() as db:
        if next_waiting(db) or running(db):
            return True
    with app.app_context():
        return any(each.is_due() for each in provided_by(app).get(Slices).errands)


class Beside(threading.Thread):
    """Runs errands while a job may take long. `last` is when there was any; it ends when `leave` is set."""

    def __init__(self, app: Flask, errands: tuple[Errand, ...], leave: threading.Event) -> None:
        super().__init__(name="errands", daemon=True)
        self._app, self._errands, self._leave = app, errands, leave
        self.last = time.monotonic()

    def run(self) -> None:
        """Look again and again; what fails is looked at again later."""
        with self._app.app_context():
            while not self._leave.is_set():
                for each in self._errands:
                    self._look(each)
                self._leave.wait(LOOK)

    def _look(self, errand: Errand) -> None:
        try:
            if errand.is_due():
                errand.run(self._leave)
                self.last = time.monotonic()
        except Unavailable as error:
            log.warning("an errand could not be run: %s", error)
        except Exception:
            log.exception("an errand failed")


def work(runner: Runner, beside: Beside) -> None:
    """Until told to leave, or nothing has waited for IDLE seconds."""
    last = time.monotonic()
    while not runner.leave.is_set() and time.monotonic() - max(last, beside.last) < IDLE:
        if _one(runner):
            last = time.monotonic()
        else:
            runner.leave.wait(LOOK)
    runner.leave.set()


def _one(runner: Runner) -> bool:
    """One job, if any waits; a database that does not answer is asked again later."""
    try:
        return runner.run_next()
    except Unavailable as error:
        log.warning("no work could be looked for: %s", error)
        return False


def _until_told(runner: Runner) -> None:
    """A signal lets the job in hand come to its next beat; the server's death ends everything at once: what a
    transaction has not committed was never done."""

    def leave(_number: int, _frame: FrameType | None) -> None:
        runner.leave.set()

    def follow() -> None:
        os.read(sys.stdin.fileno(), 1)  # not through its buffer: at an orderly end that would be held by this thread
        os._exit(1)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which tells us
    threading.Thread(target=follow, name="server", daemon=True).start()


if __name__ == "__main__":
    main()
