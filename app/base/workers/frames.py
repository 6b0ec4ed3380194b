"""Frames on a stream socket: two lengths, a JSON header, a body of bytes. And the single bytes about a job."""

from __future__ import annotations

import json
import socket
import struct
import time

LENGTHS = struct.Struct("!II")
LARGEST = 64 << 20

Header = dict[str, object]

JOB, CANCEL = b"j", b"k"  # what a pool says to a worker
BEGUN = b"b"  # and a worker to its pool: a fork has the job
# How it ended: it has ended by itself, broke over the job, was cancelled, was stopped or ended by somebody else.
DONE, FAULT, CANCELLED, OUTSIDE = b"d", b"f", b"c", b"o"


class BadFrame(Exception):
    """The other side closed the socket, or sent what is no frame."""


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
    """The next one. Raises BadFrame, TimeoutError or OSError."""
    return bytes(_exactly(sock, 1, deadline))


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
    """Set before every call: a peer that dribbles bytes cannot stretch its time."""
    left = None if deadline is None else deadline - time.monotonic()
    if left is not None and left <= 0:
        raise TimeoutError
    sock.settimeout(left)
