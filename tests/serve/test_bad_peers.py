"""What peers may do to the listeners without ending them."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from app.serve.limits import allow_many_files
from tests.serve.running import Running, let_go, running


def both_answer(server: Running) -> None:
    assert server.ask("http") == (200, "http")
    assert server.ask("https") == (200, "https")


def test_both_ports_are_served_and_know_their_scheme(server: Running) -> None:
    both_answer(server)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_twenty_resets_do_not_end_a_listener(server: Running, scheme: str) -> None:
    for _ in range(20):
        server.connect_and_reset(scheme)
    both_answer(server)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_fifty_silent_peers_block_nobody(server: Running, scheme: str) -> None:
    with ExitStack() as open_connections:
        for _ in range(50):
            open_connections.enter_context(server.connect(scheme))
        both_answer(server)


def test_plain_http_on_the_tls_port_harms_nobody_else(server: Running) -> None:
    with server.connect("https") as confused:
        confused.sendall(b"GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n")
        let_go(confused)
    both_answer(server)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_who_leaves_while_a_websocket_opens_is_no_news(mode: str, tmp_path: Path, scheme: str) -> None:
    with running(mode, tmp_path) as server:
        for _ in range(20):
            server.upgrade_and_reset(scheme)
        both_answer(server)
        server.tell_to_stop()
        assert "Traceback" not in server.process.communicate(timeout=30)[1]


def test_a_broken_answer_harms_nobody_else(server: Running) -> None:
    server.ask("http", "/broken")
    both_answer(server)


def test_more_connections_than_1024_leave_http_alive(server: Running) -> None:
    allow_many_files()
    with ExitStack() as open_connections:
        for _ in range(1_100):
            open_connections.enter_context(server.connect("http"))
        both_answer(server)


def test_running_out_of_files_passes(mode: str, tmp_path: Path) -> None:
    with running(mode, tmp_path, FILES=64) as server:
        with ExitStack() as open_connections:
            while server.open_files() < 64:
                open_connections.enter_context(server.connect("http"))
        both_answer(server)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_peer_that_stays_silent_is_let_go(mode: str, tmp_path: Path, scheme: str) -> None:
    with running(mode, tmp_path, HANDSHAKE=0.3, SILENCE=0.3) as server, server.connect(scheme) as silent:
        let_go(silent)
        both_answer(server)


def test_a_head_that_never_ends_is_let_go(mode: str, tmp_path: Path) -> None:
    with running(mode, tmp_path, HANDSHAKE=0.3, SILENCE=0.3) as server, server.connect("http") as slow:
        slow.sendall(b"GET /ping HTTP/1.1\r\nHost: ")
        let_go(slow)
        both_answer(server)
