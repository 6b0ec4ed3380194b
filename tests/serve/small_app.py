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

import resource

from flask import Flask, request
from flask_socketio import SocketIO

from app.config import load
from app.serve import serve
from app.serve.limits import Limits

app = Flask(__name__)
bell = SocketIO(app, async_mode=MODE, cors_allowed_origins=[])


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


@app.get("/broken")
def broken() -> str:
    raise ConnectionAbortedError


def main() -> None:
    if files := os.environ.get("FILES"):
        resource.setrlimit(resource.RLIMIT_NOFILE, (int(files), int(files)))
    limits = Limits(handshake=float(os.environ["HANDSHAKE"]), silence=float(os.environ["SILENCE"]))
    serve(app, load(), lambda: print("closed", flush=True), limits)


if __name__ == "__main__":
    main()
