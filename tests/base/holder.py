"""Another process that holds an SQLite file until it is told to let go, or for so many seconds."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
WRITER = ["BEGIN IMMEDIATE"]
ALONE = ["PRAGMA locking_mode=EXCLUSIVE", "BEGIN IMMEDIATE", "CREATE TABLE IF NOT EXISTS alone (n)"]


@contextmanager
def held(file: Path | str, how: list[str] = WRITER) -> Iterator[None]:
    """The file is held by somebody else in here."""
    command = [sys.executable, "-m", "tests.base.holder", str(file), *how]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    try:
        yield
    finally:
        process.communicate()


def main(file: str, *how: str) -> None:
    """Hold it until stdin ends."""
    with closing(sqlite3.connect(file, timeout=10, isolation_level=None)) as db:
        for statement in how:
            db.execute(statement)
        print("held", flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
