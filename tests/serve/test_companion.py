"""The process of long work is there while there is work, and never without its server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.serve import companion
from app.serve.companion import Companion

SERVER = """
import sys, time
from app.serve.companion import Companion
Companion("tests.serve.beside", {"BESIDE": sys.argv[1]}, lambda: True).start()
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def _looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(companion, "LOOK", 0.05)


def until(true: Callable[[], bool]) -> None:
    """Wait for something that another process does."""
    ends = time.monotonic() + 20
    while not true():
        assert time.monotonic() < ends, "it never happened"
        time.sleep(0.02)


def lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []


def test_it_is_started_when_it_is_needed_and_again_when_it_has_ended(tmp_path: Path) -> None:
    file, needed = tmp_path / "said", [False]
    beside = Companion("tests.serve.beside", {"BESIDE": str(file)}, lambda: needed[0])
    beside.start()
    assert lines(file) == []
    needed[0] = True
    until(lambda: len(lines(file)) == 1)
    os.kill(int(lines(file)[0].split()[1]), signal.SIGKILL)
    until(lambda: len(lines(file)) == 2)
    beside.stop()
    assert lines(file)[-1] == "told"


def test_it_ends_with_a_server_that_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "said"
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(file)])
    until(lambda: len(lines(file)) == 1)
    server.kill()
    server.wait(20)
    until(lambda: lines(file)[-1] == "alone")
