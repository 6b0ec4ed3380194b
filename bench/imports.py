"""Candidates with 20 results each, from csv by `flask import` beside a running server; their pages meanwhile.

Beside it: a bare executemany of the same rows into the same tables of a fresh database, with nothing read or judged.
"""

from __future__ import annotations

import asyncio
import csv
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from app.base.database import Database
from app.base.sqlite import PRAGMAS
from app.identity.model import Candidate
from app.imports.layout_rules import Layout, layouts_of
from app.study.model import Score
from bench.peak import peaks
from bench.people import Person, arrive
from bench.scale import Scale
from bench.servers import product
from bench.table import Figure, Row, Table, rank
from bench.wire import Web
from tests.e2e.world import ROOT, World

COURSES = 20
PAUSE = 0.03  # seconds between two looks at the page
LOOK = 0.02  # seconds between two looks at the memory
QUIET = 20.0  # seconds
MOST_RATIO, MOST_MB, MOST_SLOWER = 4.0, 300.0, 2.0
CHECKS = "10X98765432"
Line = dict[str, str]


def measure(scale: Scale) -> Table:
    """Bare first, then the product's own."""
    people = scale.imported
    with tempfile.TemporaryDirectory(prefix="bench") as name, product() as world:
        folder, visitor = Path(name), arrive(world, 1)[0]
        began = time.process_time()
        bare = _bare(folder / "bare.db", people)
        bare_work = time.process_time() - began
        lists = [_write(folder, layouts_of()[kind], rows) for kind, rows in _lists(people).items()]
        with Looks(world, visitor) as quiet:
            time.sleep(QUIET)
        with Looks(world, visitor) as busy:
            took, memory, work = zip(*(_import(world, path) for path in lists), strict=True)
    return _table(people, Took(sum(took), took[0], sum(work), max(memory)), bare, bare_work, quiet, busy)


class Looks:
    """A candidate who looks at their page again and again; `times` in ms."""

    def __init__(self, world: World, person: Person) -> None:
        self._port, self._person, self._over = world.port, person, threading.Event()
        self.times: list[float] = []
        self._pool = ThreadPoolExecutor(1)

    def __enter__(self) -> Looks:
        self._looking = self._pool.submit(lambda: asyncio.run(self._look()))
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._pool.shutdown()
        self._looking.result()

    async def _look(self) -> None:
        web = Web(self._port, self._person.desk)
        while not self._over.is_set():
            began = time.perf_counter()
            answer = await web.ask("GET", "/apply")
            assert answer.status == 200, answer
            self.times.append(1000 * (time.perf_counter() - began))
            await asyncio.sleep(PAUSE)
        web.close()


@dataclass(frozen=True)
class Took:
    """Seconds of both imports, of the candidates', of CPU; MB at the most."""

    both: float
    first: float
    work: float
    memory: float


def _table(people: int, took: Took, bare: float, bare_work: float, quiet: Looks, busy: Looks) -> Table:
    what, pages = f"import of {people:,} candidates and {people * COURSES:,} results", (busy.times, quiet.times)
    p99, median = ([Figure("ms", (rank(times, share),)) for times in pages] for share in (0.99, 0.5))
    rows = [
        Row(what, Figure("s", (took.both,)), Figure("s", (bare,)), most_ratio=MOST_RATIO),
        Row("  of which the candidates", Figure("s", (took.first,))),
        Row("  in seconds of CPU, whatever else runs", Figure("s", (took.work,)), Figure("s", (bare_work,))),
        Row("peak memory of the import's process", Figure("MB", (took.memory,)), most=MOST_MB),
        Row("a candidate's page meanwhile, p99", p99[0], p99[1], most_ratio=MOST_SLOWER),
        Row("  its median", median[0], median[1]),
    ]
    return Table("imports: csv, SQLite", "a bare executemany of the same rows; the same page while nothing runs", rows)


def _import(world: World, path: Path) -> tuple[float, float, float]:
    """Seconds, MB at the most, and seconds of CPU, of the command; its start is among them."""
    command = [sys.executable, "-m", "flask", "import", path.stem, str(path)]
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=world.environment | {"FLASK_APP": "app"}, stdout=subprocess.DEVNULL
    )
    most = 0.0
    for peak in peaks(process.pid):
        most = peak
        time.sleep(LOOK)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, process.returncode
    return time.perf_counter() - began, most, used.ru_utime + used.ru_stime


def _lists(people: int) -> dict[str, Iterator[Line]]:
    return {"candidates": map(_person, range(people)), "results": _results(people)}


def _person(number: int) -> Line:
    body = f"440104{1980 + number % 25}{1 + number % 12:02d}{1 + number % 28:02d}{number % 1000:03d}"
    check = CHECKS[sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(body)) % 11]
    born = f"{body[6:10]}-{body[10:12]}-{body[12:14]}"
    return {"exam_number": f"0901{number:08d}", "id_number": body + check, "born_on": born, "initial_password": ""}


def _results(people: int) -> Iterator[Line]:
    for number in range(people):
        for course in range(COURSES):
            score, month = 60 + (number + course) % 40, f"20{20 + course % 5}04"
            yield {
                "exam_number": f"0901{number:08d}",
                "code": f"{course:05d}",
                "name": f"课程{course}（一）",
                "score": str(score),
                "taken_in": month,
                "passed": "是",
            }


def _write(folder: Path, layout: Layout, rows: Iterator[Line]) -> Path:
    path = folder / f"{layout.kind}.csv"
    examples = {column.field: column.example for column in layout.columns}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.headings[0] for column in layout.columns])
        writer.writerows((examples | row).values() for row in rows)
    return path


def _bare(path: Path, people: int) -> float:
    """Seconds of writing the same rows, as the driver takes them, in one transaction."""
    database = Database(f"sqlite:///{path}")
    database.upgrade()
    database.engine.dispose()
    examples = {column.field: column.example for column in layouts_of()["candidates"].columns}
    given = {*examples, "id", "password_hash"}
    columns = [column.name for column in Candidate.__table__.columns if column.name in given]
    with sqlite3.connect(path, isolation_level=None) as db:
        for pragma in PRAGMAS:
            db.execute(f"PRAGMA {pragma}")
        began = time.perf_counter()
        db.execute("BEGIN IMMEDIATE")
        known = [{**examples, **_person(number), "id": number + 1, "password_hash": ""} for number in range(people)]
        db.executemany(_insert("candidate", columns), ([row[name] for name in columns] for row in known))
        scores = [column.name for column in Score.__table__.columns if column.name != "id"]
        db.executemany(_insert("score", scores), _score_rows(people))
        db.execute("COMMIT")
        return time.perf_counter() - began


def _score_rows(people: int) -> Iterator[tuple[int, str, str, str, bool, str, str, str]]:
    for number in range(people):
        for course in range(COURSES):
            score, month = 60 + (number + course) % 40, f"20{20 + course % 5}04"
            yield number + 1, f"{course:05d}", f"课程{course}（一）", str(score), True, month, "", ""


def _insert(table: str, columns: list[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
