"""The process of long work: imports, exports, backups. The server starts it when something waits; it ends when nothing
has waited for a while, and with the server."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from types import FrameType

from app import create_app
from app.base.logs import set_up
from app.base.unavailable import Unavailable
from app.base.workers.hidden import hide
from app.base.workers.kernel import undumpable
from app.config import SECRETS, load
from app.dependencies import Dependencies
from app.http.provided import provided_by
from app.http.slices import Slices
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
    runner = Runner(dependencies.db, dependencies.clock, provided_by(app).get(Slices).jobs)
    _until_told(runner)
    with app.app_context():
        work(runner)
    dependencies.close()


def work(runner: Runner) -> None:
    """Until told to leave, or nothing has waited for IDLE seconds."""
    last = time.monotonic()
    while not runner.leave.is_set() and time.monotonic() - last < IDLE:
        if _one(runner):
            last = time.monotonic()
        else:
            runner.leave.wait(LOOK)


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
        sys.stdin.buffer.read()
        os._exit(1)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which tells us
    threading.Thread(target=follow, name="server", daemon=True).start()


if __name__ == "__main__":
    main()
