"""The head of a request is read strictly and within one deadline; a connection lets others have their turn."""

from __future__ import annotations

import socket
import ssl
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.serve.running import UPGRADE, Running, let_go, running

PING = b"GET /ping HTTP/1.1\r\nHost: localhost\r\n"
END = b"\r\n"


def said(server: Running, request: bytes) -> bytes:
    """Everything that the server answers to these bytes before it closes."""
    with server.connect("http") as connection:
        connection.sendall(request)
        return connection.makefile("rb").read()


GOOD = {
    "plain": PING,
    "an address": b"GET /ping HTTP/1.1\r\nHost: [::1]:5000\r\n",
    "a long host": b"GET /ping HTTP/1.1\r\nHost: " + b".".join([b"a" * 63] * 3) + b":5000\r\n",
    "blanks around a value": b"GET /ping HTTP/1.1\r\nHost:\t localhost \t\r\n",
    "bytes in the path": b"GET /ping?\xe6\x95\x85 HTTP/1.1\r\nHost: localhost\r\n",
    "no body": PING + b"Content-Length: 0\r\n",
    "a name with an underscore": PING + b"X_Any: 1\r\n",
    "the version before": b"GET /ping HTTP/1.0\r\n",
}
BAD = {
    "bare line feeds": b"GET /ping HTTP/1.1\nHost: localhost\n",
    "one bare line feed": PING + b"A: b\n",
    "a carriage return in a value": PING + b"A: b\rc: d\r\n",
    "nul": PING + b"A: b\x00\r\n",
    "a folded line": PING + b"A: b\r\n c\r\n",
    "a blank before the colon": PING + b"Content-Length : 5\r\n",
    "no name": PING + b": b\r\n",
    "no colon": PING + b"nothing\r\n",
    "two lengths": PING + b"Content-Length: 5\r\nContent-Length: 5\r\n",
    "a list of lengths": PING + b"Content-Length: 5, 5\r\n",
    "a signed length": PING + b"Content-Length: +5\r\n",
    "a negative length": PING + b"Content-Length: -1\r\n",
    "a length with an underscore": PING + b"Content-Length: 1_0\r\n",
    "a length in other digits": PING + "Content-Length: ٥\r\n".encode(),
    "no length": PING + b"Content-Length:\r\n",
    "length and encoding": PING + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    "an encoding in 1.0": b"GET /ping HTTP/1.0\r\nTransfer-Encoding: chunked\r\n",
    "no host": b"GET /ping HTTP/1.1\r\n",
    "an empty host": b"GET /ping HTTP/1.1\r\nHost:\r\n",
    "two hosts": PING + b"Host: localhost\r\n",
    "a label of 64": b"GET /ping HTTP/1.1\r\nHost: " + b"a" * 64 + b"\r\n",
    "a host of 300": b"GET /ping HTTP/1.1\r\nHost: " + b"a." * 150 + b"a\r\n",
    "a host with a path": b"GET /ping HTTP/1.1\r\nHost: localhost/x\r\n",
    "a host with a user": b"GET /ping HTTP/1.1\r\nHost: me@localhost\r\n",
    "an empty label": b"GET /ping HTTP/1.1\r\nHost: a..b\r\n",
    "a port above all": b"GET /ping HTTP/1.1\r\nHost: localhost:65536\r\n",
    "a port of letters": b"GET /ping HTTP/1.1\r\nHost: localhost:http\r\n",
    "brackets around nothing": b"GET /ping HTTP/1.1\r\nHost: [:::]\r\n",
    "a host of other letters": "GET /ping HTTP/1.1\r\nHost: 证照\r\n".encode(),
    "the whole address": b"GET http://localhost/ping HTTP/1.1\r\nHost: localhost\r\n",
    "two blanks": b"GET  /ping HTTP/1.1\r\nHost: localhost\r\n",
    "a blank in the path": b"GET /pi ng HTTP/1.1\r\nHost: localhost\r\n",
    "a control in the path": b"GET /pi\x01ng HTTP/1.1\r\nHost: localhost\r\n",
    "no version": b"GET /ping\r\nHost: localhost\r\n",
    "another version": b"GET /ping HTTP/2.0\r\nHost: localhost\r\n",
    "small letters": b"get /ping HTTP/1.1\r\nHost: localhost\r\n",
}
OTHERWISE = {
    "a body of unknown length": (PING + b"Transfer-Encoding: chunked\r\n", b"411"),
    "a body too large for anything": (PING + b"Content-Length: 99999999999\r\n", b"413"),
    "a thousand headers": (PING + b"A: b\r\n" * 1000, b"431"),
}


@pytest.mark.parametrize("head", GOOD.values(), ids=GOOD)
def test_what_browsers_and_proxies_send_is_answered(server: Running, head: bytes) -> None:
    answer = said(server, head + b"Connection: close\r\n" + END)
    assert answer.startswith((b"HTTP/1.1 200", b"HTTP/1.0 200")), answer


@pytest.mark.parametrize("head", BAD.values(), ids=BAD)
def test_what_could_be_read_in_two_ways_is_refused(server: Running, head: bytes) -> None:
    answer = said(server, head + (b"\n" if head.startswith(BAD["bare line feeds"]) else END))
    assert answer.startswith(b"HTTP/1.1 400"), answer


@pytest.mark.parametrize(("head", "status"), OTHERWISE.values(), ids=OTHERWISE)
def test_what_is_too_much_is_refused_by_its_name(server: Running, head: bytes, status: bytes) -> None:
    assert said(server, head + END).split()[1] == status


def dribble(connection: socket.socket, byte: bytes, seconds: float) -> float:
    """The same byte now and then, until the other side has had enough or so long; how long it was."""
    began = time.monotonic()
    connection.settimeout(0.05)
    with suppress(ConnectionError, ssl.SSLError):
        while time.monotonic() - began < seconds:
            connection.sendall(byte)
            try:
                if not connection.recv(4096):
                    break
            except TimeoutError:
                continue
    return time.monotonic() - began


@pytest.mark.parametrize("begun", [b"", b"GET /ping HTTP/1.1\r\n"], ids=["request line", "header"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_head_that_dribbles_has_one_deadline(mode: str, tmp_path: Path, scheme: str, begun: bytes) -> None:
    with running(mode, tmp_path, HANDSHAKE=1) as server, server.talking(scheme) as slow:
        slow.sendall(begun)
        assert dribble(slow, b"A", seconds=6) < 5


def test_a_head_in_two_parts_is_a_head(server: Running) -> None:
    with server.connect("http") as connection:
        connection.sendall(PING[:20])
        connection.sendall(PING[20:] + b"Connection: close\r\n" + END)
        assert connection.makefile("rb").read().startswith(b"HTTP/1.1 200")


def test_many_requests_on_one_connection_let_others_have_their_turn(own_server: Running) -> None:
    with own_server.connect("http") as greedy:
        greedy.sendall((PING + END) * 900)
        assert own_server.ask("http") == (200, "http")
        greedy.setblocking(False)
        assert greedy.recv(1 << 20).count(b"HTTP/1.1 200") < 450


def test_one_connection_may_ask_a_thousand_times(own_server: Running) -> None:
    with own_server.connect("http") as greedy:
        greedy.sendall((PING + END) * 1001)
        greedy.shutdown(socket.SHUT_WR)
        assert greedy.makefile("rb").read().count(b"HTTP/1.1 200") <= 1000


def frame(text: bytes) -> bytes:
    """A websocket's frame, masked with nothing."""
    return bytes([0x81, 0x80 | len(text)]) + bytes(4) + text


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_websocket_that_talks_and_talks_is_closed(own_server: Running, scheme: str) -> None:
    with own_server.talking(scheme) as flooding:
        flooding.sendall(UPGRADE)
        assert flooding.recv(4096).startswith(b"HTTP/1.1 101")
        with suppress(ConnectionError, ssl.SSLError):
            for _ in range(1000):
                flooding.sendall(frame(b"2" * 9) * 20)
        let_go(flooding)
    assert own_server.ask("http") == (200, "http")
