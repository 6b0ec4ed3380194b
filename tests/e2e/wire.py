"""A bad network: a TCP proxy that breaks connections in the middle of an upload, swallows answers, or is slow."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

UPLOAD = (b"POST /m/captures", b"PATCH /m/captures")
CHUNK = 4096


@dataclass(frozen=True)
class Cut:
    """Break the connection of one request after `up` bytes of it, or after `down` bytes of the answer; neither: pass.

    `of`: how the request begins; `then` is called just before it breaks.
    """

    up: int | None = None
    down: int | None = None
    of: bytes | tuple[bytes, ...] = UPLOAD
    then: Callable[[], object] | None = None


@dataclass(frozen=True)
class Pace:
    """A link of so many bytes a second, for all connections together, that breaks every so many seconds."""

    bytes_per_second: int
    breaks_every: float


class Wire:
    """Listens on `port` and passes everything on to `target`, both on this machine."""

    def __init__(self) -> None:
        self.target = 0
        self.cuts: list[Cut] = []  # the first is taken by the next request it is meant for
        self.made = 0  # how many connections were broken on purpose
        self.pace: Pace | None = None
        self._turn = threading.Lock()
        self._open: set[Line] = set()
        self._broken_at = time.monotonic()
        self._listening = socket.socket()
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, CHUNK)
        self._listening.bind(("127.0.0.1", 0))
        self._listening.listen(64)
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def slow(self, bytes_per_second: int, breaks_every: float) -> None:
        """From now on this is a slow link that breaks."""
        self._broken_at = time.monotonic()
        self.pace = Pace(bytes_per_second, breaks_every)

    def mend(self) -> None:
        """A good network again."""
        self.pace, self.cuts = None, []

    def close(self) -> None:
        """The end of it."""
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.break_all()

    def break_all(self) -> None:
        """Every connection that is open now breaks."""
        for line in list(self._open):
            line.hang_up()

    def carry(self, length: int) -> None:
        """Take the time that so many bytes take on this link."""
        pace = self.pace
        if pace is None:
            return
        with self._turn:
            time.sleep(length / pace.bytes_per_second)
            if time.monotonic() - self._broken_at > pace.breaks_every:
                self._broken_at = time.monotonic()
                self.made += 1
                self.break_all()

    def cut_for(self, request: bytes) -> Cut | None:
        """What shall happen to a request that begins like this."""
        return self.cuts.pop(0) if self.cuts and request.startswith(self.cuts[0].of) else None

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._listening.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                near.close()
                continue
            self._open.add(line := Line(self, near, far))
            line.begin(self._open.discard)


class Line:
    """One connection through the wire."""

    def __init__(self, wire: Wire, near: socket.socket, far: socket.socket) -> None:
        self.wire = wire
        self.near, self.far = near, far
        self.cut: Cut | None = None
        self.up = self.down = 0

    def begin(self, over: Callable[[Line], object]) -> None:
        """Pass bytes both ways until one side ends."""

        def run() -> None:
            other = threading.Thread(target=self._until_the_end, args=(self._downward,), daemon=True)
            other.start()
            self._until_the_end(self._upward)
            other.join()
            self.near.close()
            self.far.close()
            over(self)

        threading.Thread(target=run, daemon=True).start()

    def hang_up(self) -> None:
        """Both sides see the connection end."""
        for side in (self.near, self.far):
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)

    def _until_the_end(self, pump: Callable[[], None]) -> None:
        with contextlib.suppress(OSError):
            pump()
        self.hang_up()

    def _upward(self) -> None:
        while chunk := self.near.recv(CHUNK):
            if b" HTTP/1.1\r\n" in chunk:
                self.up = self.down = 0
                self.cut = self.wire.cut_for(chunk)
            self._pass(self.far, chunk, self._left("up"))
            self.up += len(chunk)

    def _downward(self) -> None:
        while chunk := self.far.recv(CHUNK):
            self._pass(self.near, chunk, self._left("down"))
            self.down += len(chunk)

    def _left(self, way: str) -> int | None:
        limit = getattr(self.cut, way) if self.cut else None
        return None if limit is None else limit - getattr(self, way)

    def _pass(self, side: socket.socket, chunk: bytes, left: int | None) -> None:
        self.wire.carry(len(chunk))
        if left is None or len(chunk) < left:
            side.sendall(chunk)
            return
        side.sendall(chunk[:left])
        self.wire.made += 1
        if self.cut and self.cut.then:
            self.cut.then()
        self.hang_up()
