"""The protocol between a pool and its workers: frames (two lengths, a JSON header, a body) and single control bytes."""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Callable

from app.base.json_values import Json, JsonObject

LENGTHS = struct.Struct("!II")
LARGEST = 64 << 20

Header = JsonObject
Task = Callable[[], None]

JOB, CANCEL = b"j", b"k"  # from the pool to a worker
BEGUN = b"b"  # from a worker to its pool: a fork has the job
# From a worker to its pool, how the fork ended: exit 0; crashed or failed; cancelled by the pool; stopped or killed by
# another process.
DONE, FAULT, CANCELLED, OUTSIDE = b"d", b"f", b"c", b"o"


class BadFrame(Exception):
    """The other side closed the socket, or sent something that is not a frame."""


def send(sock: socket.socket, header: Header, body: bytes, deadline: float | None = None) -> None:
    """Send one frame before `deadline`, a moment of `time.monotonic()`. Raises TimeoutError or OSError."""
    text = json.dumps(header).encode()
    for part in (LENGTHS.pack(len(text), len(body)) + text, body):
        left = memoryview(part)
        while left:
            _until(sock, deadline)
            left = left[sock.send(left) :]


def receive(sock: socket.socket, deadline: float | None = None) -> tuple[Header, bytes]:
    """The next frame. Raises BadFrame, TimeoutError or OSError."""
    header_size, body_size = LENGTHS.unpack(_exactly(sock, LENGTHS.size, deadline))
    if header_size + body_size > LARGEST:
        raise BadFrame("too large")
    header = _parse(_exactly(sock, header_size, deadline))
    return header, bytes(_exactly(sock, body_size, deadline))


def receive_byte(sock: socket.socket, deadline: float) -> bytes:
    """One control byte. Raises BadFrame, TimeoutError or OSError."""
    return bytes(_exactly(sock, 1, deadline))


def whole(value: Json) -> int:
    """A number out of a header. Raises BadFrame when it is not a whole number."""
    if not isinstance(value, int):
        raise BadFrame("no number")
    return value


def no_task() -> None:
    """The task that does nothing."""


def _parse(text: bytearray) -> Header:
    try:
        header = json.loads(text)
    except ValueError as error:
        raise BadFrame("no JSON") from error
    if not isinstance(header, dict):
        raise BadFrame("no object")
    return header


def _exactly(sock: socket.socket, size: int, deadline: float | None) -> bytearray:
    buffer = bytearray(size)
    left = memoryview(buffer)
    while left:
        _until(sock, deadline)
        count = sock.recv_into(left)
        if not count:
            raise BadFrame("closed")
        left = left[count:]
    return buffer


def _until(sock: socket.socket, deadline: float | None) -> None:
    """Set the timeout to what is left; called before every read, so that slow bytes do not extend the deadline."""
    left = None if deadline is None else deadline - time.monotonic()
    if left is not None and left <= 0:
        raise TimeoutError
    sock.settimeout(left)
