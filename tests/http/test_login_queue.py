"""The door of the logins: a few inside, the rest in a queue that says how long it is."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor

from app.http.login_queue import FULL, LoginQueue


class Inside:
    """The application behind the door: whoever comes in stays until they are let go."""

    def __init__(self):
        self.came, self.go, self.there = threading.Semaphore(0), threading.Event(), []

    def __call__(self, environ, _start_response):
        self.there.append(environ)
        self.came.release()
        if FULL not in environ and environ["PATH_INFO"] == "/login":
            self.go.wait()
        return [environ["wsgi.input"].read()]


def request(path="/login", body=b"name=x", length=None):
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "wsgi.input": io.BytesIO(body),
        "CONTENT_LENGTH": str(len(body)) if length is None else length,
    }


def test_two_are_inside_one_waits_and_the_next_is_told_at_once():
    inside = Inside()
    door = LoginQueue(inside, "/login", 2, 1)
    with ThreadPoolExecutor(3) as pool:
        first = [pool.submit(door, request(), None) for _ in range(2)]
        for _ in first:
            inside.came.acquire()
        waiting = pool.submit(door, request(), None)
        while not door._waiting:
            assert not waiting.done()
        assert door(request(), None) == [b"name=x"]
        assert inside.there[-1][FULL] >= 1
        assert door(request("/health"), None) == [b"name=x"]
        inside.go.set()
        assert [each.result() for each in (*first, waiting)] == [[b"name=x"]] * 3
    assert (len(inside.there), door._waiting) == (5, 0)


def test_a_body_that_is_no_form_of_a_login_does_not_stand_in_the_door():
    inside = Inside()
    inside.go.set()
    door = LoginQueue(inside, "/login", 1, 0)
    for length in ("", "65537", "9" * 40, "-1", "x", "+5"):
        door(request(length=length), None)
    assert [environ["wsgi.input"].tell() for environ in inside.there[1:]] == [6] * 5
