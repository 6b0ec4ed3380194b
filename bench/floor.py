"""The floor: bare Flask-SocketIO under the same launcher and in the same mode. It stores the bytes and emits, no more.

`python -m bench.floor`, settings from the environment as for the product.
"""

from __future__ import annotations

# ruff: noqa: I001
from wsgi import MODE  # first: it patches for eventlet

import hashlib

from flask import Flask, request
from flask_socketio import SocketIO, join_room

from app.config import load
from app.serve import serve

settings = load(async_mode=MODE)
app = Flask(__name__)
socketio = SocketIO(
    app, async_mode=MODE, cors_allowed_origins="*", manage_session=False, ping_interval=15, ping_timeout=10
)
folder = settings.data_dir / "pictures"


def comes(_auth: object = None) -> None:
    """A desktop, in a room of its own."""
    join_room(request.args["who"])


@app.post("/pictures/<who>")
def store(who: str) -> tuple[str, int]:
    """Store, emit, answer."""
    body = request.get_data(cache=False)
    (folder / hashlib.sha256(body).hexdigest()).write_bytes(body)
    socketio.emit("bell", {"version": 1}, to=who, namespace="/desk")
    return "stored", 201


@app.get("/health")
def health() -> dict[str, str]:
    """It can answer."""
    return {"status": "ok"}


if __name__ == "__main__":
    socketio.on_event("connect", comes, namespace="/desk")
    folder.mkdir(parents=True, exist_ok=True)
    serve(app, settings)
