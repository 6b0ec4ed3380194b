"""Deliverers that die, that meet, that have much to do, and that cannot write down what they have done."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler

import psutil
import pytest

from app import ROOT
from app.outbox import actions
from app.outbox.actions import Happened
from app.outbox.rules import HELD_FOR, Channel, Letter, NoticeKind, Tried
from tests.outbox.receiver import Receiver
from tests.outbox.telling import FakeSender, deliver, deliverer, notices, told
from tests.together import at_once
from tests.world import World

MANY = 10_000
GROWTH = 8 << 20


def test_one_that_is_killed_after_sending_leaves_a_try_behind_and_the_notice_comes_again(
    world: World, receiver: Receiver
) -> None:
    arrived = threading.Event()

    def hold(handler: BaseHTTPRequestHandler) -> None:
        arrived.set()
        receiver.release.wait()
        receiver.answer(handler, 200)

    receiver.behave = hold
    told(world, "one"), told(world, "one")
    command = [sys.executable, "-m", "tests.outbox.dying", str(world.folder), receiver.url, "5000"]
    process = subprocess.Popen(command, cwd=ROOT)
    assert arrived.wait(60)
    process.kill()
    process.wait(30)
    receiver.release.set()
    receiver.behave = 200
    assert notices(world) == [("test", "waiting", 1, ""), ("test", "waiting", 0, "")]
    assert deliver(world) == 0
    world.clock.move(HELD_FOR.total_seconds() + 1)
    assert deliver(world) == 2
    names = [each.headers["Zhengzhao-Event"] for each in receiver.got]
    assert names[0] == names[1] != names[2]


def test_of_several_deliverers_one_sends_at_a_time_and_everything_once(world: World) -> None:
    class Watching(FakeSender):
        inside = 0

        def send(self, letter: Letter) -> Tried:
            Watching.inside += 1
            assert Watching.inside == 1, "two send at once"
            done = super().send(letter)
            Watching.inside -= 1
            return done

    senders = [Watching() for _each in range(4)]
    subjects = [f"application {number % 5}" for number in range(40)]
    expected = [told(world, subject).name for subject in subjects]
    several = [deliverer(world, {Channel.WEBHOOK: sender}) for sender in senders]
    while any(one.is_due() for one in several):
        at_once(*(lambda one=one: one.run(threading.Event()) for one in several))
    sent = [letter.name for sender in senders for letter in sender.sent]
    assert sorted(sent) == sorted(expected)


def test_a_holder_that_says_nothing_is_followed(world: World) -> None:
    told(world)
    with world.dependencies.db.writing() as db:
        assert actions.hold(db, Channel.WEBHOOK, "somebody", world.clock.now())
    by = deliverer(world, {Channel.WEBHOOK: FakeSender()})
    assert deliver(world, by) == 0
    world.clock.move(HELD_FOR.total_seconds())
    assert deliver(world, by) == 1


def test_what_was_sent_while_the_database_was_held_is_marked_when_it_is_free(world: World) -> None:
    """An import may hold it for minutes; nothing else is sent before."""
    database = sqlite3.connect(world.folder / "zhengzhao.db", check_same_thread=False, isolation_level=None)

    class Holding(FakeSender):
        def send(self, letter: Letter) -> Tried:
            database.execute("BEGIN IMMEDIATE")
            threading.Timer(3.5, database.execute, ["ROLLBACK"]).start()
            return super().send(letter)

    sender = Holding()
    world.dependencies.db._patience = 1.0
    told(world)
    by = deliverer(world, {Channel.WEBHOOK: sender})
    assert deliver(world, by) == 1
    database.close()
    assert len(sender.sent) == 1
    assert notices(world) == [("test", "sent", 1, "")]


def test_one_that_is_told_to_leave_sends_nothing_more(world: World) -> None:
    leave = threading.Event()

    class LastOne(FakeSender):
        def send(self, letter: Letter) -> Tried:
            leave.set()
            return super().send(letter)

    told(world), told(world)
    assert deliverer(world, {Channel.WEBHOOK: LastOne()}).run(leave) == 1
    assert [state for _kind, state, *_rest in notices(world)] == ["sent", "waiting"]


@pytest.mark.timeout(600)
def test_ten_thousand_are_sent_without_growing(world: World) -> None:
    with world.dependencies.db.writing() as db:
        for number in range(MANY):
            what = Happened(NoticeKind.SUBMITTED, {"status": "SUBMITTED"}, f"application {number // 2}")
            actions.tell(db, what, world.clock.now())

    class Counting:
        sent, rss = 0, 0

        def send(self, letter: Letter) -> Tried:
            self.sent += 1
            if self.sent == MANY // 10:
                self.rss = psutil.Process().memory_info().rss
            return Tried()

    sender = Counting()
    assert deliver(world, deliverer(world, {Channel.WEBHOOK: sender})) == MANY
    assert psutil.Process().memory_info().rss - sender.rss < GROWTH
    assert {state for _kind, state, *_rest in notices(world)} == {"sent"}
