"""Another process holds the database: everybody else is served, writers are told to come back, and it goes on."""

from __future__ import annotations

import http.cookiejar
import os
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import Message

import pytest

from tests.base.holder import held
from tests.e2e.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.faults]

SECONDS = 30 if os.environ.get("FAULT_ROUNDS") else 8
DEADLINE = 3
PROMPT = 0.2  # seconds of a look that needs no lock; five times that at the worst, on a machine that has more to do


@pytest.fixture(scope="module", params=["eventlet", "threading"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    running = World(tmp_path_factory.mktemp("held"), request.param).start()
    yield running
    running.stop()


Answer = tuple[int, str, float, Message]


class Person:
    """A browser of somebody who logs in and out."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def ask(self, path: str, **form: str) -> Answer:
        """Status, page, seconds and headers of one request."""
        data = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(self.world.origin + path, data, {"Origin": self.world.origin})
        began = time.monotonic()
        try:
            answer = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        with answer:
            return answer.status, answer.read().decode(), time.monotonic() - began, answer.headers

    def log_in(self) -> Answer:
        page = self.ask("/login")[1]
        return self.ask("/login", csrf=csrf(page), name="010126000001", password="zikao-demo")


def csrf(page: str) -> str:
    found = re.search(r'name="csrf" (?:content|value)="([^"]+)"', page)
    assert found, page
    return found[1]


def looks(world: World, until: float) -> list[float]:
    """How long each look at /health took until then."""
    person, took = Person(world), []
    while time.monotonic() < until:
        status, _page, seconds, _headers = person.ask("/health")
        assert status == 200
        took.append(seconds)
    return took


def test_a_held_database_holds_nobody_up(world: World) -> None:
    person, other = Person(world), Person(world)
    assert person.log_in()[0] == 200
    with held(world.folder / "zhengzhao.db"), ThreadPoolExecutor(4) as pool:
        until = time.monotonic() + SECONDS
        watching = pool.submit(looks, world, until)
        while time.monotonic() < until - DEADLINE - 1:
            page = person.ask("/apply")
            assert (page[0], page[2] < 1.5) == (200, True), "a page that only shows something waited"
            status, text, seconds, headers = other.log_in()
            assert (status, int(headers["Retry-After"]) > 0) == (503, True)
            assert "服务器暂时不能保存或读取" in text
            assert seconds < DEADLINE + 2
        took = sorted(watching.result())
    assert took[len(took) // 2] < PROMPT
    assert took[-1] < 5 * PROMPT, f"of {len(took)} looks the slowest took {took[-1]:.2f} s"
    assert other.log_in()[0] == 200, "nobody goes on afterwards"
    assert "Traceback" not in world.log()
