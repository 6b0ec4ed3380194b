"""SIGTERM: what is in flight is answered, what is idle holds nothing up."""

from __future__ import annotations

import json
import signal

import pytest

from tests.ports import free_port
from tests.serve.running import Running, begin, environment, let_go

HEAD = b"POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n"


def session_id(server: Running) -> str:
    _, opening = server.ask("http", "/socket.io/?EIO=4&transport=polling")
    return str(json.loads(opening.removeprefix("0"))["sid"])


@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_server_stops_at_once_and_in_order(own_server: Running, word: signal.Signals) -> None:
    own_server.process.send_signal(word)
    out, err = own_server.process.communicate(timeout=10)
    assert (own_server.process.returncode, err) == (0, "")
    assert "closed" in out


def test_a_request_in_flight_is_answered(own_server: Running) -> None:
    with own_server.connect("http") as slow:
        slow.sendall(HEAD + b"12345")
        own_server.says("the body is being read")
        own_server.tell_to_stop()
        own_server.refuses_connections()
        slow.sendall(b"67890")
        answer = slow.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"10")
    assert own_server.process.wait(timeout=10) == 0


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_open_websocket_does_not_hold_it_up(own_server: Running, scheme: str) -> None:
    with own_server.websocket(scheme) as idle:
        own_server.tell_to_stop()
        let_go(idle)
        _, err = own_server.process.communicate(timeout=10)
    assert (own_server.process.returncode, err) == (0, "")


def test_a_long_poll_does_not_hold_it_up(own_server: Running) -> None:
    path = f"/socket.io/?EIO=4&transport=polling&sid={session_id(own_server)}"
    with own_server.connect("http") as waiting:
        waiting.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert own_server.ask("http") == (200, "http")
        own_server.tell_to_stop()
        assert own_server.process.wait(timeout=10) == 0


def test_an_idle_kept_connection_does_not_hold_it_up(own_server: Running) -> None:
    with own_server.connect("http") as kept:
        kept.sendall(b"GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert kept.recv(4096).startswith(b"HTTP/1.1 200")
        own_server.tell_to_stop()
        assert own_server.process.wait(timeout=10) == 0


def test_a_second_signal_ends_it_at_once(own_server: Running) -> None:
    with own_server.connect("http") as slow:
        slow.sendall(HEAD)
        own_server.says("the body is being read")
        own_server.tell_to_stop()
        own_server.refuses_connections()
        own_server.tell_to_stop()
        assert own_server.process.wait(timeout=10) == -signal.SIGTERM


@pytest.mark.parametrize("port", ["PORT", "TLS_PORT"])
def test_a_second_start_on_the_same_port_says_so(server: Running, mode: str, port: str) -> None:
    taken = server.port if port == "PORT" else server.tls_port
    env = environment(mode, server.data_dir, **{"PORT": free_port(), port: taken})
    second = begin(["-m", "tests.serve.small_app"], env, server.data_dir)
    _, err = second.communicate(timeout=20)
    assert second.returncode == 1
    assert f"port {taken}: it is in use" in err
