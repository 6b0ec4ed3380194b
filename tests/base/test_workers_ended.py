"""Workers that somebody kills, stops or keeps from starting: the job is done all the same, and is not to blame."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from app.base.workers.frames import Header
from app.base.workers.pool import Died, Workers, WorkersUnavailable

NAP: Header = {"do": "nap", "seconds": 0.3}


@pytest.fixture
def pool() -> Iterator[Workers]:
    with closing(Workers("tests.base.jobs:job", 1, 0)) as made:
        yield made


def maker(pool: Workers) -> int:
    told, _ = pool.run({"do": "echo"}, b"")
    assert isinstance(told["maker"], int)
    return told["maker"]


def forks(of: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{of}/task/{of}/children").read_text().split()]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP])
@pytest.mark.parametrize("whom", ["the fork", "its maker", "both"])
def test_a_job_whose_process_is_ended_or_stopped_is_done_again_and_what_is_done_meanwhile_is_not(
    pool: Workers, how: signal.Signals, whom: str
) -> None:
    warm, meanwhile = maker(pool), []

    def somebody() -> None:
        meanwhile.append(1)
        victims = {"the fork": forks(warm), "its maker": [warm], "both": [warm, *forks(warm)]}[whom]
        for pid in victims:
            os.kill(pid, how)

    _, answer = pool.run(NAP, b"abc", somebody)
    assert answer == b"cba"
    assert meanwhile == [1]


def test_one_death_of_its_own_blames_no_job_and_leaves_its_maker_in_place(pool: Workers) -> None:
    warm = maker(pool)
    told, _ = pool.run(NAP, b"", lambda: os.kill(forks(warm)[0], signal.SIGSEGV))
    assert told["maker"] == warm


def test_a_job_that_kills_two_is_to_blame_within_twice_its_time() -> None:
    with closing(Workers("tests.base.jobs:job", 1, 0, wall_seconds=1)) as pool:
        warm, began = maker(pool), time.monotonic()
        with pytest.raises(Died):
            pool.run({"do": "nap", "seconds": 60}, b"")
        assert 2 <= time.monotonic() - began < 4
        assert maker(pool) == warm, "a fork that is late is ended by itself"


def test_who_is_ended_again_and_again_is_not_to_blame_either(pool: Workers) -> None:
    """Three attempts, then the job is sent back."""
    with closing(Workers("tests.base.jobs:job", 1, 0, sandbox=False)) as unlocked, pytest.raises(WorkersUnavailable):
        unlocked.run({"do": "end"}, b"")


@pytest.mark.parametrize("failed", [OSError(28, "No space left on device"), TimeoutError("slow"), KeyError("x")])
def test_what_fails_meanwhile_is_raised_as_it_is_and_costs_no_process(pool: Workers, failed: Exception) -> None:
    warm = maker(pool)

    def fail() -> None:
        raise failed

    with pytest.raises(type(failed)) as raised:
        pool.run(NAP, b"", fail)
    assert raised.value is failed
    assert maker(pool) == warm


def test_a_process_that_does_not_get_started_keeps_nobody_waiting_who_has_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = tmp_path / "python"
    hanging.write_text("#!/bin/sh\nexec sleep 1000\n")
    hanging.chmod(0o755)
    with closing(Workers("tests.base.jobs:job", 2, 2)) as pool, ThreadPoolExecutor(2) as threads:
        both = {job[0]["maker"] for job in threads.map(lambda _: pool.run(NAP, b""), range(2))}
        assert len(both) == 2
        monkeypatch.setattr("app.base.workers.process.sys.executable", str(hanging))
        ended = maker(pool)
        os.kill(ended, signal.SIGKILL)
        os.waitid(os.P_PID, ended, os.WEXITED | os.WNOWAIT)
        began = time.monotonic()
        assert {maker(pool) for _ in range(5)} == both - {ended}
        assert time.monotonic() - began < 4
