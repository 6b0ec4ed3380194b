"""What is done again and again in the background."""

from __future__ import annotations

import queue
from threading import Event

import pytest

from app.base.periodic_task import PeriodicTask


def test_it_is_done_again_and_again_until_it_is_stopped() -> None:
    done: queue.Queue[str] = queue.Queue()
    rounds = PeriodicTask(lambda: done.put("round"), 0.001)
    rounds.start()
    assert [done.get(timeout=10) for _ in range(3)] == ["round"] * 3
    assert rounds.is_alive()
    rounds.stop()
    assert not rounds.is_alive()


def test_a_round_that_fails_is_logged_and_the_next_one_comes(caplog: pytest.LogCaptureFixture) -> None:
    second, tried = Event(), []

    def fails_first() -> None:
        tried.append("round")
        if len(tried) == 1:
            raise ValueError("the first round fails")
        second.set()

    rounds = PeriodicTask(fails_first, 0.001)
    rounds.start()
    assert second.wait(10)
    rounds.stop()
    assert "a round failed" in caplog.text
