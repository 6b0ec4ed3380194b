"""The pool of worker processes: it answers, it refuses, it survives."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypedDict, Unpack

import pytest

from app.base.workers.frames import Header
from app.base.workers.pool import Busy, Died, Workers, WorkersUnavailable
from tests.base.jobs import say

TARGET = "tests.base.jobs:job"
ROOT = Path(__file__).parents[2]


class Bounds(TypedDict, total=False):
    """What one job may use, where it is not as usual."""

    wall_seconds: float
    cpu_seconds: int
    memory_bytes: int
    sandbox: bool


@contextmanager
def workers(size: int = 1, waiting: int = 0, **limits: Unpack[Bounds]) -> Iterator[Workers]:
    with closing(Workers(TARGET, size, waiting, **limits)) as pool:
        yield pool


def echo(pool: Workers, body: bytes = b"abc") -> tuple[int, int]:
    header, answer = pool.run({"do": "echo", "say": "你好"}, body)
    assert header["said"] == "你好"
    assert answer == body[::-1]
    pid, maker = header["pid"], header["maker"]
    assert isinstance(pid, int)
    assert isinstance(maker, int)
    return pid, maker


def test_a_job_is_answered_by_another_process() -> None:
    with workers() as pool:
        assert os.getpid() not in echo(pool)[:1]


def test_a_large_body_and_an_empty_one_come_back_whole() -> None:
    with workers() as pool:
        echo(pool, os.urandom(10 << 20))
        echo(pool, b"")


def test_what_is_done_meanwhile_is_done_while_the_process_works(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with workers(sandbox=False) as pool:
        _, answer = pool.run({"do": "hear", "pipe": str(pipe)}, b"", lambda: say(pipe))
    assert answer == b"meanwhile"


def test_what_fails_meanwhile_is_told_and_the_next_job_works() -> None:
    with workers() as pool:
        with pytest.raises(ValueError, match="not in list"):
            pool.run({"do": "nap", "seconds": 60}, b"", lambda: [0].remove(1))
        echo(pool)


def test_a_process_lets_others_go_first() -> None:
    with workers(sandbox=False) as pool:
        seen, _ = pool.run({"do": "look"}, b"")
    assert seen["nice"] == min(os.nice(0) + 5, 19)


def test_every_job_has_a_process_of_its_own_that_a_warm_one_makes() -> None:
    with workers() as pool:
        pids, makers = zip(*(echo(pool) for _ in range(7)), strict=True)
    assert (len(set(pids)), len(set(makers))) == (7, 1)


@pytest.mark.parametrize("where", ["module", "builtins", "memory"])
def test_what_one_job_leaves_behind_is_not_there_for_the_next(where: str) -> None:
    with workers() as pool:
        assert pool.run({"do": "leave", "where": where}, b"the face of somebody" * 4000)[0]["found"] is False
        assert pool.run({"do": "find", "where": where}, b"")[0]["found"] is False


@pytest.mark.parametrize(
    ("job", "limits"),
    [
        ({"do": "end"}, {}),
        ({"do": "fail"}, {}),
        ({"do": "nap", "seconds": 60}, {"wall_seconds": 0.3}),
        ({"do": "spin"}, {"cpu_seconds": 1, "wall_seconds": 30}),
        ({"do": "grab", "bytes": 900 << 20}, {"memory_bytes": 768 << 20}),
    ],
    ids=["killed", "an exception", "too slow", "too much CPU", "too much memory"],
)
def test_a_job_whose_process_dies_says_so_and_the_next_job_works(job: Header, limits: Bounds) -> None:
    with workers(**limits) as pool:
        with pytest.raises(Died):
            pool.run(job, b"")
        echo(pool)


def test_cpu_time_is_granted_per_job_not_per_life() -> None:
    with workers(cpu_seconds=1, wall_seconds=30) as pool:
        first = echo(pool)
        with pytest.raises(Died):
            pool.run({"do": "spin"}, b"")
        second = echo(pool)
    assert first != second


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_process_that_is_killed_or_stopped_while_idle_costs_nobody_a_job(how: signal.Signals) -> None:
    with workers() as pool:
        _, maker = echo(pool)
        os.kill(maker, how)
        os.waitid(os.P_PID, maker, os.WEXITED | os.WSTOPPED | os.WNOWAIT)
        assert echo(pool)[1] != maker


def test_when_all_are_at_work_and_nobody_may_wait_it_is_busy() -> None:
    with workers(size=1, waiting=1, wall_seconds=10) as pool, ThreadPoolExecutor(5) as threads:
        together = threading.Barrier(5)

        def ask(_: int) -> str:
            together.wait()
            try:
                return str(pool.run({"do": "nap", "seconds": 1}, b"")[0]["pid"])
            except Busy:
                return "busy"

        answers = list(threads.map(ask, range(5)))
    assert answers.count("busy") == 3
    assert len(set(answers)) == 3


def test_who_waits_too_long_is_told_it_is_busy() -> None:
    with workers(size=1, waiting=2, wall_seconds=1) as pool, ThreadPoolExecutor(3) as threads:
        echo(pool)
        jobs = [threads.submit(pool.run, {"do": "nap", "seconds": 60}, b"") for _ in range(3)]
        endings = {type(job.exception()) for job in jobs}
    assert endings == {Busy, Died}


def test_a_place_is_given_back_after_every_ending() -> None:
    with workers(size=1, waiting=0) as pool:
        for _ in range(3):
            with pytest.raises(Died):
                pool.run({"do": "end"}, b"")
        echo(pool)


def test_the_child_knows_no_secret_and_holds_no_file_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "do not tell")
    with workers(sandbox=False) as pool, (tmp_path / "private").open("w") as private:
        os.set_inheritable(private.fileno(), True)
        seen, _ = pool.run({"do": "look"}, b"")
    environment, files = seen["environment"], seen["files"]
    assert isinstance(environment, dict)
    assert isinstance(files, list)
    assert "SECRET_KEY" not in environment
    assert environment["OPENBLAS_NUM_THREADS"] == "1"
    assert sum(file.startswith("socket:") for file in files) == 1
    assert str(tmp_path / "private") not in files


def test_a_target_that_cannot_be_loaded_is_an_error_of_ours_not_of_the_job(capfd: pytest.CaptureFixture[str]) -> None:
    with closing(Workers("tests.base.jobs:nothing", 1, 0)) as pool, pytest.raises(RuntimeError, match="did not start"):
        pool.run({}, b"")
    assert "nothing" in capfd.readouterr().err


def test_a_closed_pool_has_no_processes_and_takes_no_jobs() -> None:
    with workers(size=2) as pool:
        pool.start()
        _, maker = echo(pool)
    with pytest.raises(ProcessLookupError):
        os.kill(maker, 0)
    with pytest.raises(WorkersUnavailable):
        pool.run({"do": "echo"}, b"")


def test_children_end_when_their_parent_is_killed() -> None:
    script = f"""
from app.base.workers.pool import Workers
pool = Workers({TARGET!r}, 1, 0)
print(pool.run({{"do": "echo"}}, b"")[0]["maker"], flush=True)
input()
"""
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with parent:
        assert parent.stdout
        watched = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
        assert _ends(watched)


def _ends(pidfd: int) -> bool:
    try:
        return bool(select.select([pidfd], [], [], 10)[0])
    finally:
        os.close(pidfd)


def test_under_eventlet_jobs_run_side_by_side_and_the_hub_keeps_turning() -> None:
    script = Path(__file__).with_name("workers_under_eventlet.py")
    done = subprocess.run([sys.executable, script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
