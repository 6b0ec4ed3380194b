"""The light clients: one kept-alive HTTP connection, and one Socket.IO page over a bare websocket."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass

HOST = "127.0.0.1"
PATIENCE = 60.0  # seconds; what takes longer is a failure, not a figure
TEXT, CLOSE = 1, 8


@dataclass(frozen=True)
class Answer:
    """Status, headers (lower case), body."""

    status: int
    headers: dict[str, str]
    body: bytes


class Refusal(Exception):
    """The server did not open a socket; its answer is the argument."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class Web:
    """Requests one after another on one connection, with one cookie header."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._port, self._cookie = port, cookie
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """The answer. Header names are given with underscores."""
        reader, writer = self._ends = self._ends or await asyncio.open_connection(HOST, self._port)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        writer.write(
            _head(method, path, self._port, {"Cookie": self._cookie, "Content-Length": str(len(body)), **given})
        )
        writer.write(body)
        answer = await asyncio.wait_for(_answer(reader), PATIENCE)
        if answer.headers.get("connection") == "close":  # a server may have had enough of a connection
            writer.close()
            self._ends = None
        return answer

    def close(self) -> None:
        """Hang up."""
        if self._ends:
            self._ends[1].close()


class Desk:
    """An open page of a desktop: hears bells, answers pings."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int, cookie: str, query: str = "") -> Desk:
        """Connected to the namespace `/desk`. Raises Refusal, ConnectionError."""
        reader, writer = await asyncio.open_connection(HOST, port)
        path = f"/socket.io/?EIO=4&transport=websocket{query}"
        writer.write(
            _head(
                "GET",
                path,
                port,
                {
                    "Cookie": cookie,
                    "Connection": "Upgrade",
                    "Upgrade": "websocket",
                    "Sec-WebSocket-Version": "13",
                    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
                },
            )
        )
        answer = await asyncio.wait_for(_answer(reader), PATIENCE)
        if answer.status != 101:
            writer.close()
            raise Refusal(answer)
        desk = cls(reader, writer)
        await asyncio.wait_for(desk._enter(), PATIENCE)
        return desk

    async def bell(self) -> None:
        """Return when it rings."""
        while not (await self._said()).startswith('42/desk,["bell"'):
            pass

    async def listen(self) -> None:
        """Stay until the server hangs up, whatever rings."""
        while True:
            await self._said()

    def close(self) -> None:
        """Hang up, as a closed browser does."""
        self._writer.close()

    async def _enter(self) -> None:
        if not (await self._said()).startswith("0"):
            raise ConnectionError("not Engine.IO")
        self._say("40/desk,")
        if not (said := await self._said()).startswith("40/desk,"):
            raise ConnectionError(said)

    async def _said(self) -> str:
        """The next thing that is no ping."""
        while (text := await self._frame()) == "2":
            self._say("3")
        return text

    async def _frame(self) -> str:
        kind, size = await self._reader.readexactly(2)
        if size == 126:
            size = int.from_bytes(await self._reader.readexactly(2))
        body = await self._reader.readexactly(size)
        if kind & 0x0F == CLOSE:
            raise ConnectionError("the server closed the websocket")
        return body.decode() if kind & 0x0F == TEXT else ""

    def _say(self, text: str) -> None:
        mask, body = os.urandom(4), text.encode()
        masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(body))
        self._writer.write(bytes((0x80 | TEXT, 0x80 | len(body))) + mask + masked)


def _head(method: str, path: str, port: int, headers: dict[str, str]) -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: localhost:{port}",
        f"Origin: http://localhost:{port}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode()


async def _answer(reader: asyncio.StreamReader) -> Answer:
    first, *rest = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").rstrip().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Answer(int(first.split()[1]), headers, body)
