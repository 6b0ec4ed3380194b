"""What a process was started with, seen from outside, after it has read its secrets."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import os
from app.base.workers.hidden import hide
hide(["SECRET_KEY", "DATABASE_URL"])
print(dict(os.environ), flush=True)
input()
"""


@pytest.mark.parametrize("name", ["SECRET_KEY", "secret_key", "Database_Url"])
def test_a_hidden_variable_is_seen_neither_inside_nor_from_outside(name: str) -> None:
    env = {"BEFORE": "stays", name: "do=not=tell", "MY_SECRET_KEY": "stays too", "AFTER": "and this"}
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", PROGRAM], cwd=ROOT, env=env, stdin=pipe, stdout=pipe) as process:
        assert process.stdout
        inside = process.stdout.readline()
        outside = Path(f"/proc/{process.pid}/environ").read_bytes()
        process.communicate(b"\n")
    for seen in (inside, outside):
        assert b"do=not=tell" not in seen
        assert all(value in seen for value in (b"stays", b"stays too", b"and this"))


def test_without_anything_to_hide_all_stays() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={"A": "1"},
        input="\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert "'A': '1'" in done.stdout
