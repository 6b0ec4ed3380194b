"""A parent system's receiver on this machine, which behaves as it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.ports import free_port


@dataclass
class Received:
    """One request that came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def said(self) -> dict[str, Any]:
        """The notice in it."""
        return dict(json.loads(self.body))


@dataclass
class Receiver:
    """What came in, and what is done with the next: a status, or a function of the handler."""

    port: int
    got: list[Received] = field(default_factory=list)
    behave: int | Callable[[BaseHTTPRequestHandler], None] = 204
    release: threading.Event = field(default_factory=threading.Event)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?from=zz"

    @property
    def kinds(self) -> list[str]:
        """What was told, in order."""
        return [each.said["kind"] for each in self.got]

    def wait_for(self, kind: str, candidate: str, seconds: float = 60) -> Received:
        """What this kind tells of this candidate, once it has come."""

        def found() -> list[Received]:
            return [each for each in self.got if (each.said["kind"], each.said["candidate"]) == (kind, candidate)]

        with self.arrived:
            assert self.arrived.wait_for(found, seconds), self.kinds
            return found()[0]

    def answer(self, handler: BaseHTTPRequestHandler, status: int, **headers: str) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver for as long as the block lasts."""
    receiver = Receiver(free_port())

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with receiver.arrived:
                receiver.got.append(Received(self.path, dict(self.headers), body))
                receiver.arrived.notify_all()
            if isinstance(receiver.behave, int):
                receiver.answer(self, receiver.behave)
            else:
                receiver.behave(self)

        def log_message(self, *_said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", receiver.port), Answering)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.release.set()
        server.shutdown()
        server.server_close()
        thread.join()
