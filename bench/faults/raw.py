"""What no browser says: bare sockets, frames of any kind, heads of any shape."""

from __future__ import annotations

import os
import select
import socket
import time
from contextlib import suppress

STRANGER = "127.0.0.66"  # an address that no honest person here has
KEY = "dGhlIHNhbXBsZSBub25jZQ=="


def connect(port: int, address: str = STRANGER, timeout: float = 60) -> socket.socket:
    """A connection on which nothing has been said."""
    return socket.create_connection(("127.0.0.1", port), timeout, source_address=(address, 0))


def websocket(port: int, cookie: str = "", query: str = "", address: str = STRANGER) -> tuple[int, socket.socket]:
    """The status of the answer to the upgrade (0: none), and the connection."""
    sock = connect(port, address)
    sock.sendall(
        f"GET /socket.io/?EIO=4&transport=websocket{query} HTTP/1.1\r\nHost: localhost:{port}\r\n"
        f"Origin: http://localhost:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {KEY}\r\nCookie: {cookie}\r\n\r\n".encode()
    )
    return status_of(sock), sock


def status_of(sock: socket.socket) -> int:
    """Of the next answer; 0 when the connection ends first, or nothing comes."""
    said = b""
    with suppress(OSError):
        while b"\r\n" not in said and (more := sock.recv(4096)):
            said += more
    parts = said.split(b" ", 2)
    return int(parts[1]) if len(parts) > 1 and parts[0].startswith(b"HTTP/") and parts[1].isdigit() else 0


def frame(text: str) -> bytes:
    """A short text as a client sends it."""
    mask, body = os.urandom(4), text.encode()
    return bytes((0x81, 0x80 | len(body))) + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(body))


def is_open(sock: socket.socket, seconds: float = 0.5) -> bool:
    """Whether the other side has not hung up; what it says meanwhile is read and forgotten."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if not select.select([sock], [], [], left)[0]:
            continue
        try:
            said = sock.recv(65536)
        except OSError:
            return False
        if not said or said[0] == 0x88:
            return False
    return True


def pour(sock: socket.socket, what: bytes) -> bool:
    """Send all of it while forgetting what comes back; False when the other side hung up or takes no more for 60 s."""
    view, last = memoryview(what), time.monotonic()
    sock.setblocking(False)
    while view and time.monotonic() - last < 60:
        readable, writable, _ = select.select([sock], [sock], [], 1)
        try:
            if readable and not sock.recv(65536):
                return False
            if writable:
                view, last = view[sock.send(view) :], time.monotonic()
        except BlockingIOError:
            continue
        except OSError:
            return False
    sock.settimeout(60)
    return not view


def joins(sock: socket.socket, namespace: str, seconds: float = 20) -> bool:
    """Connect to a Socket.IO namespace on an open websocket; whether one is let in."""
    sock.settimeout(seconds)
    said = b""
    with suppress(OSError):
        sock.sendall(frame(f"40{namespace},"))
        while (more := sock.recv(4096)) and b"40" + namespace.encode() not in (said := said + more):
            if b"44" + namespace.encode() in said:
                return False
    return b"40" + namespace.encode() in said
