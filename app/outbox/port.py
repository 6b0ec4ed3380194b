"""The way to the parent system: one POST a notice, on a connection of its own, in a bounded time.

A connection is never used twice: one that the other side has just closed would leave open whether a notice arrived.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Protocol
from urllib.parse import urlsplit

from app.base.clock import Clock
from app.outbox.rules import SIGNATURE, TRY_SECONDS, Letter, Tried, asked_for, of_status, signature

CONNECT = 5.0  # seconds
NAME = "zhengzhao"


class Sender(Protocol):
    """Sends a letter and says what became of it. It never takes much longer than TRY_SECONDS, and never raises."""

    def send(self, letter: Letter) -> Tried: ...


class TooLate(OSError):
    """The time of this try is over."""


class Deadline:
    """When it comes, the connection is shut: whoever waits on it is freed, however slowly the other side drips."""

    def __init__(self) -> None:
        self.passed = False
        self._watched: list[socket.socket] = []

    def watch(self, connection: socket.socket) -> None:
        """This is the connection to shut, whatever is wrapped around it; TooLate when the time is over already."""
        if self.passed:
            raise TooLate
        self._watched.append(connection.dup())

    def come(self) -> None:
        """It is over."""
        self.passed = True
        for each in self._watched:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of what was watched."""
        for each in self._watched:
            each.close()


@contextmanager
def deadline(seconds: float) -> Iterator[Deadline]:
    """One for everything inside of the block."""
    made = Deadline()
    timer = threading.Timer(seconds, made.come)
    timer.start()
    try:
        yield made
    finally:
        timer.cancel()
        made.close()


def attempt(send: Callable[[Deadline], Tried], seconds: float = TRY_SECONDS) -> Tried:
    """One try within these seconds. What goes wrong on the way is everybody's trouble, not this letter's."""
    with deadline(seconds) as end:
        try:
            return send(end)
        except ssl.SSLCertVerificationError:
            return Tried("certificate", of_all=True)
        except socket.gaierror:
            return Tried("name", of_all=True)
        except ValueError:  # an address or a password that the protocol has no way to write
            return Tried("setting", of_all=True)
        except (OSError, http.client.HTTPException) as error:
            late = end.passed or isinstance(error, TimeoutError)
            return Tried("timeout" if late else _trouble(error), of_all=True)


def _trouble(error: OSError | http.client.HTTPException) -> str:
    if isinstance(error, ssl.SSLError):
        return "tls"
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    return "closed" if isinstance(error, ConnectionError | http.client.HTTPException) else "network"


class Webhook:
    """POSTs letters as JSON, signed under the newest key. Certificates are checked; no redirect is followed, no proxy
    of the environment is asked."""

    def __init__(self, url: str, keys: dict[str, bytes], clock: Clock, seconds: float = TRY_SECONDS) -> None:
        self._url, self._clock, self._seconds = urlsplit(url), clock, seconds
        self._key_id, self._key = next(iter(keys.items()))

    def send(self, letter: Letter) -> Tried:
        """Taken is what is answered with a status from 200 to 299; the rest of the answer is not read."""
        return attempt(lambda end: self._post(letter, end), self._seconds)

    def _post(self, letter: Letter, end: Deadline) -> Tried:
        kind = http.client.HTTPSConnection if self._url.scheme == "https" else http.client.HTTPConnection
        connection = kind(self._url.hostname or "", self._url.port)
        try:
            connection.sock = self._connected(connection.host, connection.port, end)
            connection.request("POST", self._target(), letter.body, self._headers(letter))
            answer = connection.getresponse()
            return of_status(answer.status, asked_for(answer.getheader("Retry-After", ""), self._clock.now()))
        finally:
            connection.close()

    def _connected(self, host: str, port: int, end: Deadline) -> socket.socket:
        plain = socket.create_connection((host, port), CONNECT)
        end.watch(plain)
        plain.settimeout(self._seconds)
        if self._url.scheme == "http":
            return plain
        trusted = ssl.create_default_context()  # SSL_CERT_FILE names an authority of one's own
        return trusted.wrap_socket(plain, server_hostname=host)

    def _target(self) -> str:
        return (self._url.path or "/") + (f"?{self._url.query}" if self._url.query else "")

    def _headers(self, letter: Letter) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "User-Agent": NAME,
            "Connection": "close",
            "Zhengzhao-Event": letter.name,
            SIGNATURE: signature(self._key_id, self._key, self._clock.now(), letter.body),
        }
