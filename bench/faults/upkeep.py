"""Our faults: upkeep beside live requests, pictures that are gone from the store."""

from __future__ import annotations

import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.faults.asking import Answer
from bench.faults.browser import Desk, Phone, paired
from bench.faults.findings import Counts, Driver, Finding
from bench.faults.place import Place
from bench.faults.watch import Watch
from bench.shots import picture

SLOTS = ("front", "back", "holding")
LONG_AGO = "2020-01-01 00:00:00.000000"
SEALED = 60_000  # bytes


def purge(place: Place, counts: Counts) -> Mapping[str, float]:
    """`flask purge` of 6,000 documents while somebody is photographed."""
    desk, phone = paired(place)
    _old_documents(place, counts.documents)
    said: list[tuple[int, float]] = []
    over = threading.Event()
    writer = threading.Thread(target=_live, args=(desk, phone, said, over))
    with Watch(place.port, desk.cookie, phone.cookie) as watch:
        writer.start()
        began = time.monotonic()
        done = place.command("purge")
        took = time.monotonic() - began
        over.set()
        writer.join()
    [(left,)] = place.rows("SELECT count(*) FROM document WHERE original IS NOT NULL OR preview IS NOT NULL")
    waits = sorted(seconds for _status, seconds in said)
    return {
        "took": took,
        "code": done.returncode,
        "left": left,
        "p99": watch.waits.p99,
        "write": 1000 * waits[-1],
        "bell": watch.waits.bell_p99,
        "errors": sum(status >= 500 or not status for status, _ in said),
    }


def _live(desk: Desk, phone: Phone, said: list[tuple[int, float]], over: threading.Event) -> None:
    """Reports and looks; what each was answered, and after how many seconds."""
    while not over.is_set():
        deeds: list[Callable[[], Answer]] = [
            lambda: phone.say("/m/progress", code="file_chosen"),
            lambda: desk.open("/apply/capture"),
        ]
        for deed in deeds:
            began = time.monotonic()
            said.append((deed().status, time.monotonic() - began))
        over.wait(1.1)


def _old_documents(place: Place, count: int) -> None:
    """Documents that were rejected years ago, each with its two blobs in the store."""
    store = place.folder / "store"
    for two in range(256):
        (store / f"{two:02x}").mkdir(exist_ok=True)
    with sqlite3.connect(place.folder / "zhengzhao.db") as db:
        applications = [row[0] for row in db.execute("SELECT id FROM application")]
        names = [row[1] for row in db.execute("PRAGMA table_info(document)")]
        for number in range(count):
            blobs = [_blob(store), _blob(store)]
            known = {
                "application_id": applications[number % len(applications)],
                "slot": SLOTS[number % 3],
                "source": "desk",
                "sha256": secrets.token_hex(32),
                "bytes": SEALED,
                "width": 1600,
                "height": 1000,
                "original": blobs[0],
                "preview": blobs[1],
                "received_at": LONG_AGO,
                "handed_over_at": LONG_AGO,
                "ended_at": LONG_AGO,
                "end_reason": "rejected",
            }
            given = {name: value for name, value in known.items() if name in names}
            marks = ", ".join("?" * len(given))
            db.execute(f"INSERT INTO document ({', '.join(given)}) VALUES ({marks})", list(given.values()))


def _blob(store: Path) -> str:
    name = secrets.token_hex(32)
    (store / name[:2] / name).write_bytes(b"\0" * 1000)
    return name


def gone(place: Place, counts: Counts) -> Mapping[str, float]:
    """The blobs of a draft vanish; the sweep looks, and the candidate hands it over."""
    desk, phone = paired(place)
    if phone.send(picture()).status != 201:
        raise RuntimeError("a good picture is refused")
    desk.open("/apply/capture")
    for blob in (place.folder / "store").glob("??/*"):
        blob.unlink()
    done = place.command("sweep")
    desk.press("我已摄像完成，下一步")
    [(handed,)] = place.rows("SELECT count(*) FROM capture WHERE handed_over_at IS NOT NULL")
    return {"handed": handed, "sweep": float(done.returncode != 0), "page": desk.open("/apply").status}


DRIVERS = (
    Driver(
        "purge",
        purge,
        (
            Finding("took", "flask purge of 6,000 documents", "s"),
            Finding("code", "… its exit code", most=0),
            Finding("left", "… documents left", most=0),
            Finding("p99", "… p99 of /health meanwhile", "ms", most=200),
            Finding("write", "… longest wait of a phone's report or a page", "ms", most=1000),
            Finding("bell", "… p99 of a bell", "ms", most=1000),
            Finding("errors", "… answers of 500 and above", most=0),
        ),
    ),
    Driver(
        "gone",
        gone,
        (
            Finding("handed", "a picture whose blob is gone: handed over all the same", most=0),
            Finding("sweep", "flask sweep says by its exit code that something is missing (1: yes)", least=1),
            Finding("page", "… the candidate's page afterwards: status", least=200, most=200),
        ),
        ways=("direct",),
    ),
)
