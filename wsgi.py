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
from app.base.hidden import hide
from app.base.kernel import undumpable
from app.base.logs import set_up
from app.base.rounds import Rounds
from app.config import SECRETS, load
from app.parts import Parts
from app.serve import serve
from app.serve.origins import tell_unreachable
from app.web.sockets import nobody_is_online

REGISTER_ROUND = 5  # seconds between looks for who has to be compared with the register again


def main() -> None:
    """Serve until told to stop."""
    settings = load(async_mode=MODE)
    set_up(settings.log_file)
    undumpable()
    hide(SECRETS)
    tell_unreachable(settings)
    app = create_app(settings)
    parts = app.extensions["parts"]
    prepare(parts)
    waiting_for_the_register = Rounds(parts.checks.check_due, REGISTER_ROUND)
    waiting_for_the_register.start()
    serve(app, settings)
    waiting_for_the_register.stop()


def prepare(parts: Parts) -> None:
    """Ready before the first request: the tables are there, no phone counts as online, the workers are warm."""
    if not parts.db.is_current():
        raise SystemExit("zhengzhao cannot start: the database is not at this version. Run: flask upgrade")
    nobody_is_online(parts)
    parts.inspector.start()
    parts.passwords.start()
    gc.freeze()  # what is loaded now stays; looking through it for garbage would hold everybody for 0.1 s


if __name__ == "__main__":
    main()
