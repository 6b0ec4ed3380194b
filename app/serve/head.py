"""Reading requests in every mode: the head is parsed strictly and within one deadline.

The servers of eventlet and werkzeug both build on `http.server`, which accepts much that RFC 9112 forbids and restarts
its timeouts with every byte. Both read from an `Incoming` instead of the connection's own file.
"""

from __future__ import annotations

import io
import math
import re
import socket
import time
from collections import Counter

from app.base.host_names import is_host
from app.serve.limits import ConnectionLimits

REQUEST_LINE = re.compile(rb"[A-Z]{1,20} /[\x21-\x7e\x80-\xff]* HTTP/1\.([01])\r\n")
HEADER = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):([^\x00-\x08\x0a-\x1f\x7f]*)\r\n")
LONGEST_HEAD = 64 << 10
ONCE = (b"host", b"content-length", b"transfer-encoding", b"content-type", b"origin", b"upgrade")
REASONS = {400: "Bad Request", 411: "Length Required", 413: "Content Too Large", 431: "Request Header Fields Too Large"}


class BadHead(ValueError):
    """A request head that is refused with this HTTP status."""

    def __init__(self, status: int = 400) -> None:
        super().__init__(status)
        self.status = status

    def answer(self) -> bytes:
        """The response bytes; the connection is closed after them."""
        reason = REASONS[self.status]
        head = f"HTTP/1.1 {self.status} {reason}\r\nContent-Type: text/plain\r\nContent-Length: {len(reason)}\r\n"
        return f"{head}Connection: close\r\n\r\n{reason}".encode()


class _Timed(io.RawIOBase):
    """The bytes of a connection, until the deadline set by `allow`; without one, until the idle timeout."""

    def __init__(self, connection: socket.socket, idle_timeout: float) -> None:
        self._connection, self._idle_timeout = connection, idle_timeout
        self.wait()

    def wait(self) -> None:
        """No deadline: only the idle timeout applies."""
        self._until, self._per_byte = math.inf, 0.0

    def allow(self, seconds: float, rate: float = math.inf) -> None:
        """Set a deadline in `seconds`, extended by each byte that arrives, at `rate` bytes a second."""
        self._until, self._per_byte = time.monotonic() + seconds, 1 / rate

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Raises TimeoutError after the deadline or the idle timeout."""
        left = min(self._until - time.monotonic(), self._idle_timeout)
        if left <= 0:
            raise TimeoutError("too slow")
        self._connection.settimeout(left)
        try:
            count = self._connection.recv_into(buffer)
        finally:
            self._connection.settimeout(self._idle_timeout)
        self._until += count * self._per_byte
        return count


class Incoming(io.BufferedReader):
    """A connection's requests, one after another: `begin()`, then the lines of a head, then the body.

    The deadline of a head starts with its first byte; until then the idle timeout applies. That of a body grows with
    what has arrived, so that a slow link is served and a peer that sends single bytes is not.
    """

    def __init__(self, connection: socket.socket, limits: ConnectionLimits) -> None:
        self._timed, self._limits = _Timed(connection, limits.idle_timeout), limits
        super().__init__(self._timed)
        self._in_head = False

    def begin(self) -> None:
        """Wait for the first byte of the next head."""
        self._in_head, self._size, self._version = True, 0, b""
        self._headers: list[tuple[bytes, bytes]] = []
        self._timed.wait()
        if self.peek(1):
            self._timed.allow(self._limits.handshake)

    def readline(self, size: int | None = -1) -> bytes:
        """Raises BadHead for an invalid line, and for a head that is invalid as a whole."""
        line = super().readline(-1 if size is None else size)
        if self._in_head and line:
            self._check_line(line)
        return line

    def _check_line(self, line: bytes) -> None:
        self._size += len(line)
        if self._size > LONGEST_HEAD:
            raise BadHead(431)
        if not self._version:
            self._version = _version_of(line)
        elif line == b"\r\n":
            check(self._version, self._headers, self._limits.body)
            self._in_head = False
            self._timed.allow(self._limits.body_grace, self._limits.body_rate)
        elif found := HEADER.fullmatch(line):
            self._headers.append((found[1].lower(), found[2].strip(b" \t")))
        else:
            raise BadHead


def _version_of(line: bytes) -> bytes:
    found = REQUEST_LINE.fullmatch(line)
    if not found:
        raise BadHead
    return found[1]


def check(version: bytes, headers: list[tuple[bytes, bytes]], most: int) -> None:
    """Check that the headers (names in lower case) are unambiguous about host and body. Raises BadHead.

    `version` is the minor version of HTTP/1; a body may have `most` bytes. Bodies of unknown length are refused: no
    browser sends them, and proxies give the length.
    """
    count = Counter(name for name, _value in headers)
    if any(count[name] > 1 for name in ONCE) or (version == b"1" and not count[b"host"]):
        raise BadHead
    given = dict(headers)
    if b"host" in given and not is_host(given[b"host"].decode("latin1")):
        raise BadHead
    if b"transfer-encoding" in given:
        raise BadHead(400 if b"content-length" in given or version == b"0" else 411)
    length = given.get(b"content-length", b"0")
    if not length.isdigit() or len(length) > 15:
        raise BadHead
    if int(length) > most:
        raise BadHead(413)
