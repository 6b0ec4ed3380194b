"""One request on a connection of its own, from whatever address of this machine."""

from __future__ import annotations

import http.client
import json
import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

PATIENCE = 120.0


@dataclass(frozen=True)
class Answer:
    """Status 0: the connection ended without an answer."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(port: int, method: str, path: str, body: bytes = b"", address: str = "127.0.0.1", **headers: str) -> Answer:
    """One request on a connection of its own, from an address of this machine. Header names with underscores."""
    given = {"Host": f"localhost:{port}", "Connection": "close", **headers}
    if body or method == "POST":
        given["Content-Length"] = str(len(body))
    lines = [f"{method} {path} HTTP/1.1", *(f"{name.replace('_', '-')}: {value}" for name, value in given.items())]
    nothing = Answer(0, http.client.HTTPMessage(), b"")
    try:
        sock = socket.create_connection(("127.0.0.1", port), PATIENCE, source_address=(address, 0))
    except OSError:
        return nothing
    with sock:
        with suppress(OSError):  # refused before all of it was sent: the answer says so
            sock.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        answer = http.client.HTTPResponse(sock, method=method)
        try:
            answer.begin()
            return Answer(answer.status, answer.headers, answer.read())
        except (OSError, http.client.HTTPException):
            return nothing
