"""Notices go out beside long work, in its process, and keep it alive only while there is any."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler

import pytest

from app import work
from app.base.json_values import JsonObject
from app.http.provided import provided_by
from app.http.slices import Errand, Slices
from app.jobs import actions
from app.jobs.runner import Runner, Running
from tests.outbox.receiver import Receiver
from tests.outbox.telling import notices, told
from tests.world import World


def test_the_process_is_wanted_while_something_is_due(world: World) -> None:
    assert not work.waits(world.app)
    told(world)
    assert work.waits(world.app)


def test_notices_go_out_while_a_job_takes_long(
    world: World, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "IDLE", 0.5)
    monkeypatch.setattr(work, "LOOK", 0.05)
    sent = threading.Event()

    def take(handler: BaseHTTPRequestHandler) -> None:
        sent.set()
        receiver.answer(handler, 200)

    receiver.behave = take

    def long(_running: Running) -> JsonObject:
        told(world)
        assert sent.wait(30)
        return {}

    runner = Runner(world.dependencies.db, world.clock, {"long": long})
    with world.dependencies.db.writing() as db:
        actions.ask(db, "long", {}, None, world.clock.now())
    beside = work.Beside(world.app, provided_by(world.app).get(Slices).errands, runner.leave)
    beside.start()
    work.work(runner, beside)
    beside.join(30)
    assert not beside.is_alive()
    assert notices(world) == [("test", "sent", 1, "")]


def test_an_errand_that_fails_is_run_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "LOOK", 0.01)
    leave, runs = threading.Event(), []

    def run(_leave: threading.Event) -> None:
        runs.append(1)
        if len(runs) == 3:
            leave.set()
        raise ValueError

    beside = work.Beside(world.app, (Errand(lambda: True, run),), leave)
    beside.start()
    beside.join(30)
    assert len(runs) == 3
