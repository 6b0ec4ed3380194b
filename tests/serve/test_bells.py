"""Websockets through both servers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from socketio import SimpleClient
from socketio.exceptions import TimeoutError as NothingCame

from tests.serve.running import Running, let_go, running

GOODBYE = b"\x88\x82" + bytes(4) + b"\x03\xe8"  # a masked close frame, code 1000


@contextmanager
def listening(server: Running, transport: str = "websocket") -> Iterator[SimpleClient]:
    with SimpleClient(reconnection=False) as client:
        client.connect(f"http://127.0.0.1:{server.port}", transports=[transport])
        yield client


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_bell_rung_on_one_port_reaches_a_socket_on_the_other(server: Running, transport: str) -> None:
    with listening(server, transport) as client:
        assert server.ask("https", "/bell", "POST") == (200, "rung")
        assert client.receive(timeout=10) == ["bell", {"version": 1}]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_websocket_that_says_goodbye_is_let_go(server: Running, scheme: str) -> None:
    with server.websocket(scheme) as leaving:
        leaving.sendall(GOODBYE)
        let_go(leaving)


def test_an_idle_websocket_outlives_the_silence_allowed_to_others(mode: str, tmp_path: Path) -> None:
    with running(mode, tmp_path, HANDSHAKE=0.5, SILENCE=0.5) as server, listening(server) as client:
        with pytest.raises(NothingCame):
            client.receive(timeout=1.5)
        server.ask("http", "/bell", "POST")
        assert client.receive(timeout=10) == ["bell", {"version": 1}]
