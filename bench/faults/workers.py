"""Our faults: workers that are killed or stopped while good pictures arrive."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress

from bench.faults.browser import Phone, paired
from bench.faults.findings import Counts, Driver, Finding
from bench.faults.place import Place
from bench.shots import picture

LATER = (0, 429, 500, 502, 503, 504, 507)  # the phone keeps the picture and tries again
PHONES = 3
TRIES = 30


def killed(place: Place, counts: Counts) -> Mapping[str, float]:
    """A worker ends, by SIGKILL, at some moment of somebody's picture, again and again."""
    return _while_harmed(place, counts.worker_kills, signal.SIGKILL)


def stopped(place: Place, counts: Counts) -> Mapping[str, float]:
    """A worker stands still, by SIGSTOP."""
    return _while_harmed(place, max(1, counts.worker_kills // 6), signal.SIGSTOP)


def _while_harmed(place: Place, times: int, how: signal.Signals) -> dict[str, float]:
    phones = [paired(place)[1] for _ in range(PHONES)]
    said: Counter[int] = Counter()
    over = threading.Event()
    senders = [threading.Thread(target=_send, args=(phone, said, over)) for phone in phones]
    for sender in senders:
        sender.start()
    harmed = _harm(place, times, how)
    over.set()
    for sender in senders:
        sender.join()
    print(f"  {place.mode}, {place.way}: {harmed} workers met {how.name}; answers {dict(said)}", flush=True)
    return {
        "refused": said[422] + said[400] + said[415],
        "errors": said[500] + said[0],
        "lost": said[-1],
        "harmed": harmed,
    }


def _send(phone: Phone, said: Counter[int], over: threading.Event) -> None:
    """Good pictures, each until it has its answer; -1 counts those that never had one."""
    while not over.is_set():
        body = picture()
        for _ in range(TRIES):
            status = phone.send(body).status
            said[status] += 1
            if status not in LATER:
                break
            time.sleep(0.3)
        else:
            said[-1] += 1


def _harm(place: Place, times: int, how: signal.Signals) -> int:
    chance, done = random.Random(5), 0
    until = time.monotonic() + 12 * times
    while done < times and time.monotonic() < until:
        time.sleep(chance.uniform(0.2, 1.2) if how == signal.SIGKILL else 6)
        if workers := place.workers():
            with suppress(ProcessLookupError):
                os.kill(chance.choice(workers), how)
                done += 1
    return done


PLENTY = {"UPLOADS_PER_PAIRING": "100000", "UPLOADS_PER_DAY": "100000"}


def _findings(what: str) -> tuple[Finding, ...]:
    return (
        Finding("refused", f"{what}: good pictures refused", most=0),
        Finding("errors", f"{what}: answers of 500, and none", most=0),
        Finding("lost", f"{what}: pictures without a judgement after 30 tries", most=0),
        Finding("harmed", f"{what}: workers met"),
    )


DRIVERS = (
    Driver("workers-killed", killed, _findings("60 workers killed"), PLENTY, ways=("direct",)),
    Driver("workers-stopped", stopped, _findings("10 workers stopped"), PLENTY, ways=("direct",)),
)
