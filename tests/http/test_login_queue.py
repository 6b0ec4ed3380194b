"""The door of the logins: a few inside, the rest in a queue that says how long it is."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from app.http.login_queue import FULL, LoginQueue

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def answered(status: str, headers: list[tuple[str, str]], error: OptExcInfo | None = None) -> Callable[[bytes], None]:
    """Nobody asks how."""
    raise AssertionError("nothing here begins an answer")


class Inside:
    """The application behind the door: whoever comes in stays until they are let go."""

    def __init__(self) -> None:
        self.came, self.go = threading.Semaphore(0), threading.Event()
        self.there: list[WSGIEnvironment] = []

    def __call__(self, environ: WSGIEnvironment, _start_response: StartResponse) -> list[bytes]:
        self.there.append(environ)
        self.came.release()
        if FULL not in environ and environ["PATH_INFO"] == "/login":
            self.go.wait()
        return [environ["wsgi.input"].read()]


def request(path: str = "/login", body: bytes = b"name=x", length: str | None = None) -> WSGIEnvironment:
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "wsgi.input": io.BytesIO(body),
        "CONTENT_LENGTH": str(len(body)) if length is None else length,
    }


def test_two_are_inside_one_waits_and_the_next_is_told_at_once() -> None:
    inside = Inside()
    door = LoginQueue(inside, "/login", 2, 1)
    with ThreadPoolExecutor(3) as pool:
        first = [pool.submit(door, request(), answered) for _ in range(2)]
        for _ in first:
            inside.came.acquire()
        waiting = pool.submit(door, request(), answered)
        while not door._waiting:
            assert not waiting.done()
        assert door(request(), answered) == [b"name=x"]
        assert inside.there[-1][FULL] >= 1
        assert door(request("/health"), answered) == [b"name=x"]
        inside.go.set()
        assert [each.result() for each in (*first, waiting)] == [[b"name=x"]] * 3
    assert (len(inside.there), door._waiting) == (5, 0)


def test_a_body_that_is_no_form_of_a_login_does_not_stand_in_the_door() -> None:
    inside = Inside()
    inside.go.set()
    door = LoginQueue(inside, "/login", 1, 0)
    for length in ("", "65537", "9" * 40, "-1", "x", "+5"):
        door(request(length=length), answered)
    assert [environ["wsgi.input"].tell() for environ in inside.there[1:]] == [6] * 5
