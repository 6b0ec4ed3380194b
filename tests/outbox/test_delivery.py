"""A notice reaches its receiver, however that behaves; and is tried again as long as it has not."""

from __future__ import annotations

import hmac
import socket
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler

import pytest

from app.outbox.model import Notice
from app.outbox.rules import LONGEST_WAIT, TRIED_FOR, Tried, wait_after
from tests.outbox.receiver import Receiver
from tests.outbox.telling import KEY, FakeSender, deliver, deliverer, notices, told, way, webhook
from tests.ports import free_port
from tests.world import World

SHORT = 0.5  # seconds that a try may take here


def test_what_is_due_arrives_once_and_signed(world: World, receiver: Receiver) -> None:
    notice = told(world)
    assert deliverer(world).is_due()
    assert deliver(world) == 1
    [got] = receiver.got
    assert got.path == "/hook?from=zz"
    assert (got.headers["Content-Type"], got.headers["Zhengzhao-Event"]) == ("application/json", notice.name)
    parts = dict(part.split("=", 1) for part in got.headers["Zhengzhao-Signature"].split(","))
    assert (parts["key"], int(parts["time"])) == ("w1", int(world.clock.now().timestamp()))
    signed = b"webhook\n" + parts["time"].encode() + b"\n" + got.body
    assert parts["mac"] == hmac.new(KEY, signed, sha256).hexdigest()
    assert got.said == {
        "id": notice.name,
        "number": notice.id,
        "kind": "test",
        "at": "2026-11-22T09:00:00Z",
        "candidate": None,
        "application": None,
        "facts": {},
    }
    assert notices(world) == [("test", "sent", 1, "")]
    assert deliver(world) == 0
    assert not deliverer(world).is_due()


@pytest.mark.parametrize(
    ("status", "error"), [(500, "status:500"), (301, "redirect:301"), (307, "redirect:307"), (401, "status:401")]
)
def test_what_is_not_taken_waits_and_the_channel_with_it(
    world: World, receiver: Receiver, status: int, error: str
) -> None:
    receiver.behave = lambda handler: receiver.answer(handler, status, Location=receiver.url)
    told(world), told(world)
    assert deliver(world) == 1
    assert notices(world) == [("test", "waiting", 1, error), ("test", "waiting", 0, "")]
    assert (way(world).failures, way(world).error) == (1, error)
    assert not deliverer(world).is_due()
    receiver.behave = 200
    world.clock.move(61)
    assert deliver(world) == 2
    assert (way(world).failures, way(world).sent_at) == (0, world.clock.now())
    assert len(receiver.got) == 3


def test_what_the_receiver_does_not_want_holds_nobody_else_up(world: World, receiver: Receiver) -> None:
    first = told(world, "one")

    def refuse_the_first(handler: BaseHTTPRequestHandler) -> None:
        receiver.answer(handler, 422 if handler.headers["Zhengzhao-Event"] == first.name else 200)

    receiver.behave = refuse_the_first
    told(world, "one"), told(world, "two")
    assert deliver(world) == 2
    assert [state for _kind, state, *_rest in notices(world)] == ["waiting", "waiting", "sent"]
    assert way(world).failures == 0


def drip(handler: BaseHTTPRequestHandler, receiver: Receiver) -> None:
    """A byte of an answer now and then: no single wait is long."""
    while not receiver.release.wait(0.05):
        handler.wfile.write(b"H")


def say_nothing(receiver: Receiver) -> None:
    receiver.release.wait()


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def test_a_receiver_that_is_slow_ends_with_the_time_of_the_try(world: World, receiver: Receiver) -> None:
    by = webhook(world, receiver.url, SHORT)
    behaviours: list[Callable[[BaseHTTPRequestHandler], None]] = [
        lambda handler: drip(handler, receiver),
        lambda _handler: say_nothing(receiver),
    ]
    for receiver.behave in behaviours:
        told(world)
        assert deliver(world, by) == 1
        assert way(world).error == "timeout"
        world.clock.move(days=1)


def test_one_that_has_taken_it_and_died_gets_it_again_under_the_same_id(world: World, receiver: Receiver) -> None:
    receiver.behave = hang_up
    told(world)
    assert deliver(world) == 1
    assert notices(world) == [("test", "waiting", 1, "closed")]
    receiver.behave = 200
    world.clock.move(61)
    assert deliver(world) == 1
    first, second = receiver.got
    assert first.headers["Zhengzhao-Event"] == second.headers["Zhengzhao-Event"]
    assert first.body == second.body


def test_an_answer_that_comes_too_late_is_none(world: World, receiver: Receiver) -> None:
    def late(handler: BaseHTTPRequestHandler) -> None:
        receiver.release.wait()
        receiver.answer(handler, 200)

    receiver.behave = late
    told(world)
    assert deliver(world, webhook(world, receiver.url, SHORT)) == 1
    receiver.release.set()
    assert notices(world) == [("test", "waiting", 1, "timeout")]


@pytest.mark.parametrize(
    ("url", "error"), [("http://127.0.0.1:{port}/", "refused"), ("https://nowhere.invalid/", "name")]
)
def test_where_nobody_is_says_so(world: World, url: str, error: str) -> None:
    told(world)
    assert deliver(world, webhook(world, url.format(port=free_port()), SHORT * 10)) == 1
    assert way(world).error == error


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(world: World, receiver: Receiver) -> None:
    told(world)
    deliver(world, webhook(world, receiver.url.replace("http:", "https:"), SHORT))
    assert way(world).error in ("tls", "closed")
    assert receiver.got == []


def test_no_proxy_of_the_environment_is_asked(
    world: World, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    told(world)
    deliver(world)
    assert receiver.kinds == ["test"]


def test_waits_double_from_a_minute_to_twelve_hours() -> None:
    waits = [wait_after(tries) // timedelta(minutes=1) for tries in range(1, 14)]
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 720, 720, 720]


@pytest.mark.parametrize("url", ["https://" + "a" * 70 + ".example/", "{receiver}\u8bc1"])
def test_an_address_that_cannot_be_written_is_told_like_any_trouble(world: World, receiver: Receiver, url: str) -> None:
    told(world)
    assert deliver(world, webhook(world, url.format(receiver=receiver.url), SHORT)) == 1
    assert way(world).error == "setting"
    assert not deliverer(world).is_due()


def test_after_three_days_it_is_given_up_and_nothing_is_sent_any_more(world: World) -> None:
    sender = FakeSender(Tried("status:422"))
    by = deliverer(world, {way(world).channel: sender})
    began = told(world).happened_at
    while deliver(world, by):
        [notice] = world.rows(Notice)
        world.clock.time = notice.next_at
    [(_kind, state, tries, error)] = notices(world)
    assert (state, error, tries) == ("given_up", "status:422", len(sender.sent))
    assert notice.ended_at
    assert TRIED_FOR <= notice.ended_at - began < TRIED_FOR + LONGEST_WAIT
    assert not by.is_due()


def test_a_channel_that_was_down_for_three_days_gives_up_what_waited_so_long(world: World) -> None:
    by = deliverer(world, {way(world).channel: FakeSender(Tried("refused", of_all=True))})
    old = [told(world) for _each in range(5)]
    world.clock.move(days=2)
    told(world)
    deliver(world, by)
    world.clock.move(days=1)
    deliver(world, by)
    states = [state for _kind, state, *_rest in notices(world)]
    assert states == ["given_up"] * len(old) + ["waiting"]
