"""A server in a process of its own, and what tests say to it over real sockets."""

from __future__ import annotations

import base64
import http.client
import os
import signal
import socket
import ssl
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.ports import free_port

ROOT = Path(__file__).parents[2]
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: close() sends RST

UPGRADE = (
    b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n"
    b"Connection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


@dataclass
class Running:
    process: subprocess.Popen[str]
    port: int
    tls_port: int
    data_dir: Path

    def ask(self, scheme: str, path: str = "/ping", method: str = "GET") -> tuple[int, str]:
        """Status and body of one request on a new connection."""
        connection = self._connection(scheme)
        try:
            connection.request(method, path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    @contextmanager
    def websocket(self, scheme: str) -> Iterator[socket.socket]:
        """A bare websocket to Socket.IO, after its upgrade."""
        with self.talking(scheme) as upgraded:
            upgraded.sendall(UPGRADE)
            assert upgraded.recv(4096).startswith(b"HTTP/1.1 101")
            yield upgraded

    @contextmanager
    def talking(self, scheme: str) -> Iterator[socket.socket]:
        """A connection, after its handshake where there is one."""
        with self.connect(scheme) as plain, self._secured(scheme, plain) as secured:
            yield secured

    def _secured(self, scheme: str, plain: socket.socket) -> socket.socket:
        return plain if scheme == "http" else self._trusting().wrap_socket(plain, server_hostname="localhost")

    def _trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.data_dir / "tls" / "own.pem")

    def _connection(self, scheme: str) -> http.client.HTTPConnection:
        if scheme == "http":
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        return http.client.HTTPSConnection("127.0.0.1", self.tls_port, timeout=10, context=self._trusting())

    def connect(self, scheme: str) -> socket.socket:
        """A TCP connection on which nothing has been said."""
        port = self.port if scheme == "http" else self.tls_port
        return socket.create_connection(("127.0.0.1", port), timeout=10)

    def connect_and_reset(self, scheme: str) -> None:
        connection = self.connect(scheme)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        connection.close()

    def upgrade_and_reset(self, scheme: str) -> None:
        """Ask for a websocket and be gone before the answer."""
        with self.connect(scheme) as plain, self._secured(scheme, plain) as leaving:
            leaving.sendall(UPGRADE)
            leaving.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)

    def says(self, text: str) -> None:
        """Read the server's output up to the line that holds this text."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if text in line:
                return
        raise AssertionError(f"the server never said {text!r}: {self.process.communicate()[1]}")

    def tell_to_stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def refuses_connections(self) -> None:
        """Return once nothing is accepted any more."""
        for scheme in ("http", "https"):
            while True:
                try:
                    self.connect(scheme).close()
                except ConnectionError:
                    break

    def open_files(self) -> int:
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))


def let_go(connection: socket.socket) -> None:
    """Return once the server has closed this connection, in whatever way; a TimeoutError if it does not."""
    with suppress(ConnectionError, ssl.SSLEOFError):
        while connection.recv(4096):
            pass


def environment(mode: str, data_dir: Path, **given: str | float) -> dict[str, str]:
    """A whole environment for a server; nothing is taken from the tester's."""
    settings = {
        "ASYNC_MODE": mode,
        "DATA_DIR": data_dir,
        "SECRET_KEY": "s" * 32,
        "STORE_KEYS": f"a:{base64.b64encode(b'k' * 32).decode()}",
        "PUBLIC_URL": "https://zz.example.cn",
        "HANDSHAKE": 10,
        "SILENCE": 65,
        "PATH": os.environ["PATH"],
        "PYTHONPATH": ROOT,
        **given,
    }
    return {name: str(value) for name, value in settings.items()}


def begin(command: list[str], env: dict[str, str], cwd: Path) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, *command], env=env, cwd=cwd, stdout=pipe, stderr=pipe, text=True)


@contextmanager
def running(mode: str, data_dir: Path, **given: str | float) -> Iterator[Running]:
    """The small application, being served; killed afterwards if it still runs."""
    port, tls_port = free_port(), free_port()
    env = environment(mode, data_dir, PORT=port, TLS_PORT=tls_port, **given)
    process = begin(["-m", "tests.serve.small_app"], env, data_dir)
    try:
        server = Running(process, port, tls_port, data_dir)
        server.says("zhengzhao is up")
        yield server
    finally:
        process.kill()
        process.communicate()
