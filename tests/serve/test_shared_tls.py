"""One TLS connection in the hands of several threads."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from app.serve.certificate import tls_context
from app.serve.shared_tls import SharedTLS

Ends = tuple[ssl.SSLSocket, ssl.SSLSocket]
LINE = b"a line that should arrive as it was sent\n"
LINES = 3000


@pytest.fixture
def ends(tmp_path: Path) -> Iterator[Ends]:
    """The two ends of one connection, each for several threads."""
    server = tls_context(tmp_path)
    client = ssl.create_default_context(cafile=tmp_path / "tls" / "own.pem")
    server.sslsocket_class = client.sslsocket_class = SharedTLS
    here, there = socket.socketpair()
    here.settimeout(20)
    there.settimeout(20)
    with ThreadPoolExecutor(1) as meanwhile:
        accepted = meanwhile.submit(server.wrap_socket, here, server_side=True)
        with client.wrap_socket(there, server_hostname="localhost") as peer, accepted.result() as ours:
            yield ours, peer


def write_lines(connection: ssl.SSLSocket) -> None:
    for _ in range(LINES):
        connection.sendall(LINE)


def read_lines(connection: ssl.SSLSocket) -> set[bytes]:
    with connection.makefile("rb") as file:
        return {file.readline() for _ in range(LINES)}


def test_reading_and_writing_at_once_garbles_nothing(ends: Ends) -> None:
    with ThreadPoolExecutor(4) as threads:
        writing = [threads.submit(write_lines, end) for end in ends]
        reading = [threads.submit(read_lines, end) for end in ends]
        assert [one.result() for one in reading] == [{LINE}, {LINE}]
        assert all(one.exception() is None for one in writing)


def test_what_does_not_fit_on_the_line_waits_until_it_is_read(ends: Ends) -> None:
    ours, peer = ends
    much = LINE * 100_000
    with ThreadPoolExecutor(1) as meanwhile:
        writing = meanwhile.submit(ours.sendall, much)
        with peer.makefile("rb") as file:
            assert file.read(len(much)) == much
        writing.result()


def test_a_silent_peer_is_waited_for_no_longer_than_the_timeout(ends: Ends) -> None:
    ours, _peer = ends
    ours.settimeout(0.05)
    assert ours.gettimeout() == 0.05
    with pytest.raises(TimeoutError):
        ours.recv(1)


def test_a_shutdown_ends_the_wait_of_a_thread_that_reads(ends: Ends) -> None:
    ours, _peer = ends
    with ThreadPoolExecutor(1) as meanwhile:
        reading = meanwhile.submit(ours.recv, 1)
        ours.shutdown(socket.SHUT_RDWR)
        assert reading.result() == b""


def test_a_close_ends_the_wait_of_a_thread_that_reads(ends: Ends) -> None:
    ours, _peer = ends
    with ThreadPoolExecutor(1) as meanwhile:
        reading = meanwhile.submit(ours.recv, 1)
        ours.close()
        assert reading.exception() is None or isinstance(reading.exception(), OSError)


def test_nothing_is_said_or_heard_once_closed(ends: Ends) -> None:
    ours, _peer = ends
    ours.close()
    for act in (lambda: ours.send(LINE), lambda: ours.recv(1)):
        with pytest.raises(OSError):  # noqa: PT011 — of any kind
            act()


def write_until_closed(connection: ssl.SSLSocket) -> None:
    with suppress(OSError):
        while True:
            connection.send(LINE)


def heard_by(connection: socket.socket) -> bytes:
    connection.setblocking(False)
    with suppress(BlockingIOError):
        return connection.recv(1)
    return b""


@pytest.mark.parametrize("_again", range(10))
def test_a_write_that_meets_a_close_goes_into_no_other_connection(ends: Ends, _again: int) -> None:
    ours, peer = ends
    number = ours.fileno()
    with ThreadPoolExecutor(1) as meanwhile:
        meanwhile.submit(write_until_closed, ours)
        peer.recv(1)
        ours.close()
        others = socket.socketpair()
        assert number in [other.fileno() for other in others]
    for other in others:
        with other:
            assert heard_by(other) == b""
