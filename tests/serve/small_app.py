"""A small application behind the real `serve()`: `python -m tests.serve.small_app`, settings from the environment."""

# ruff: noqa: E402
import os
import warnings

MODE = os.environ["ASYNC_MODE"]

if MODE == "eventlet":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import eventlet

        eventlet.monkey_patch()

import logging
import resource
import time
from importlib import import_module
from pathlib import Path

from flask import Flask, request
from flask_socketio import SocketIO

from app.base.logs import to_stream
from app.config import load
from app.http import trace
from app.serve import serve
from app.serve.limits import ConnectionLimits
from app.serve.watchdog import Watchdog

unpatched = eventlet.patcher.original if MODE == "eventlet" else import_module
lags: list[float] = []
held: list[str] = []
app = Flask(__name__)
trace.install(app)
bell = SocketIO(app, async_mode=MODE, cors_allowed_origins=[])
app.wsgi_app = trace.Traced(app.wsgi_app)  # type: ignore[method-assign]


@app.get("/ping")
def ping() -> str:
    return request.scheme


@app.post("/bell")
def ring() -> str:
    bell.emit("bell", {"version": 1})
    return "rung"


@app.post("/upload")
def upload() -> str:
    print("the body is being read", flush=True)
    return str(len(request.get_data()))


@app.get("/slow/<word>")
def slow(word: str) -> str:
    """Logs, lets others have their turn, logs again; then fails."""
    logging.getLogger("zhengzhao.small").info("begun %s", word)
    time.sleep(0.2)
    logging.getLogger("a.library").warning("halfway %s", word)
    time.sleep(0.1)
    raise ValueError(word)


@app.get("/hold/<how>")
def hold(how: str) -> str:
    """Does not let anybody else have their turn, in one of three ways."""
    begun = time.monotonic()
    if how == "sleeping":
        unpatched("time").sleep(0.6)
    while how == "computing" and time.monotonic() - begun < 0.6:
        pass
    if how == "inside":
        sum(range(15_000_000))
    return str(time.monotonic() - begun)


@app.get("/held")
def holds() -> str:
    return " ".join(place for place in held if "small_app" in place)


@app.get("/lag")
def lag() -> str:
    return f"{len(lags)} {max(lags, default=0)}"


@app.get("/broken")
def broken() -> str:
    raise ConnectionAbortedError


def main() -> None:
    if files := os.environ.get("FILES"):
        resource.setrlimit(resource.RLIMIT_NOFILE, (int(files), int(files)))
    if log := os.environ.get("LOG"):
        written = Path(log).open("w")  # noqa: SIM115 — open for as long as the process runs
        logging.basicConfig(level=logging.INFO, handlers=[to_stream(written)])
    limits = ConnectionLimits(handshake=float(os.environ["HANDSHAKE"]), idle_timeout=float(os.environ["SILENCE"]))
    Watchdog(MODE, lags.append, held.append).start()
    serve(app, load(), lambda: print("closed", flush=True), limits)


if __name__ == "__main__":
    main()
