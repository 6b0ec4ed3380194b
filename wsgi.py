"""The only launcher: `python wsgi.py`. eventlet has to patch the standard library before anything else is imported."""

# ruff: noqa: E402
import os
import re
import warnings
from pathlib import Path


def async_mode() -> str:
    """ASYNC_MODE from the environment, else from `.env`; read by hand because nothing else may be imported yet."""
    dotenv = Path(".env").read_text() if Path(".env").is_file() else ""
    written = re.findall(r"""(?im)^\s*(?:export\s+)?async_mode\s*=\s*["']?(\w+)""", dotenv)
    return os.environ.get("ASYNC_MODE") or (written[-1] if written else "eventlet")


MODE = async_mode()

if MODE == "eventlet":
    os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")  # else psycopg blocks every greenlet
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # eventlet says at every start that it is in maintenance: docs/decisions
        import eventlet

        eventlet.monkey_patch()

import gc

from app import create_app
from app.base.logs import set_up
from app.base.periodic_task import PeriodicTask
from app.base.workers.hidden import hide
from app.base.workers.kernel import undumpable
from app.config import SECRETS, load
from app.dependencies import Dependencies
from app.http.figures import exporter
from app.http.provided import provided_by
from app.phone.sockets import nobody_is_online
from app.serve import serve
from app.serve.companion import Companion
from app.serve.origins import warn_unreachable
from app.serve.watchdog import Watchdog
from app.work import waits

REGISTER_ROUND = 5  # seconds between looks for who has to be compared with the register again


def main() -> None:
    """Serve until told to stop."""
    settings = load(async_mode=MODE)
    set_up(settings.log_file)
    undumpable()
    hide(SECRETS)
    warn_unreachable(settings)
    app = create_app(settings)
    dependencies = provided_by(app).get(Dependencies)
    prepare(dependencies)

    def compare() -> None:
        dependencies.register_comparison.check_due()

    waiting_for_the_register = PeriodicTask(compare, REGISTER_ROUND)
    waiting_for_the_register.start()
    long_work = Companion("app.work", settings.for_children, lambda: waits(app))
    long_work.start()
    watchdog = Watchdog(settings.async_mode, dependencies.figures.lag, dependencies.figures.held)
    watchdog.start()
    serve(app, settings, dependencies.close, metrics=exporter(dependencies.figures))
    watchdog.stop()
    long_work.stop()
    waiting_for_the_register.stop()


def prepare(dependencies: Dependencies) -> None:
    """Ready before the first request: the tables are there, no phone counts as online, the workers are warm."""
    if not dependencies.db.is_current():
        raise SystemExit("zhengzhao cannot start: the database is not at this version. Run: flask upgrade")
    nobody_is_online(dependencies.db)
    dependencies.inspector.start()
    dependencies.passwords.start()
    gc.freeze()  # what is loaded now stays; looking through it for garbage would hold everybody for 0.1 s


if __name__ == "__main__":
    main()
