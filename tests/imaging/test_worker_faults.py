"""Workers are killed and stopped while good pictures are looked at: no picture is blamed for it."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from random import Random

import pytest

from app.base.errors import Refused
from app.imaging.inspect import LocalInspector
from app.imaging.transcode import LocalTranscoder
from tests import pictures

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "5"))
KILLS = 12 * ROUNDS


def workers(of: int) -> list[int]:
    """The processes that these pools have started, and their forks."""
    parents = {}
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    found: list[int] = []
    layer = {of}
    while layer:
        layer = {pid for pid, parent in parents.items() if parent in layer}
        found += layer
    return [pid for pid in found if b"app.base.workers.main" in command_of(pid)]


def command_of(pid: int) -> bytes:
    """Its command line; empty when it has ended meanwhile, as forks do after their picture."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def disturb(done: threading.Event, looked: threading.Semaphore, chance: Random) -> int:
    """Somebody who kills and stops worker processes at random moments of their work; how many it were."""
    count = 0
    while count < KILLS:
        looked.acquire()
        done.wait(chance.uniform(0, 0.4))
        with suppress(OSError, IndexError):
            os.kill(chance.choice(workers(os.getpid())), chance.choice([signal.SIGKILL, signal.SIGSTOP]))
            count += 1
    done.set()
    return count


def judged(inspector: LocalInspector, body: bytes, kind: str) -> tuple[str, int]:
    """What becomes of a picture whose phone comes back as long as it is told to."""
    asked_back = 0
    while True:
        try:
            return inspector.inspect(body, kind).report.verdict, asked_back
        except Refused as refused:
            if refused.status != 503 or not refused.retry_after:
                return refused.code, asked_back
            asked_back += 1


@pytest.mark.faults
@pytest.mark.timeout(1800)
def test_good_pictures_pass_however_often_workers_are_killed_or_stopped() -> None:
    album = [(pictures.portrait_jpeg(), "image/jpeg"), (pictures.heic(600, 800), "image/heic")]
    done, looked, chance = threading.Event(), threading.Semaphore(2), random.Random(7)
    with closing(LocalInspector(2, 4)) as inspector, ThreadPoolExecutor(4) as threads:
        disturbing = threads.submit(disturb, done, looked, chance)

        def phone(which: int) -> list[tuple[str, int]]:
            seen: list[tuple[str, int]] = []
            while not done.is_set():
                seen.append(judged(inspector, *album[which]))
                looked.release()
            return seen

        seen = [each for told in threads.map(phone, (0, 1, 0)) for each in told]
        assert disturbing.result() == KILLS
    verdicts = [verdict for verdict, _ in seen]
    assert verdicts.count("pass") == len(verdicts) >= KILLS - 2
    print(f"{KILLS} kills, {len(seen)} pictures, {sum(back for _, back in seen)} times asked to come back")


@pytest.mark.parametrize("made", [lambda: LocalInspector(1, 0), lambda: LocalTranscoder(1, 0)])
def test_when_no_worker_can_start_the_phone_is_asked_to_come_back_and_later_all_is_well(
    made: Callable[[], LocalInspector | LocalTranscoder], monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = made()
    ask = pool.inspect if isinstance(pool, LocalInspector) else pool.transcode
    with closing(pool):
        with monkeypatch.context() as broken:
            broken.setattr("app.base.workers.process.sys.executable", "/nowhere/python")
            with pytest.raises(Refused) as refused:
                ask(pictures.portrait_jpeg(), "image/jpeg")
        assert (refused.value.code, refused.value.status) == ("no_worker", 503)
        assert ask(pictures.portrait_jpeg(), "image/jpeg").width == 1200


def test_a_disk_that_is_full_meanwhile_is_told_as_it_is_and_the_picture_is_not_to_blame() -> None:
    full = OSError(28, "No space left on device")
    with closing(LocalInspector(1, 0)) as inspector:

        def store() -> None:
            raise full

        for _ in range(3):
            with pytest.raises(OSError, match="No space") as raised:
                inspector.inspect(pictures.portrait_jpeg(), "image/jpeg", store)
            assert raised.value is full
        before = workers(os.getpid())
        assert inspector.inspect(pictures.portrait_jpeg(), "image/jpeg").report.verdict == "pass"
        assert set(workers(os.getpid())) & set(before), "the worker that was well is still there"
