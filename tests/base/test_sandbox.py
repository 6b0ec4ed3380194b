"""Code inside a worker: it reaches no secret, file, network or process, whoever started the server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from app.base.workers import landlock, seccomp, syscalls

ROOT = Path(__file__).parents[2]
SOMEBODY = 54321
# Python itself may lie where only root can read; this user may read everything, which the sandbox has to withstand.
READER = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
AS_SOMEBODY = ["setpriv", f"--reuid={SOMEBODY}", f"--regid={SOMEBODY}", "--clear-groups", *READER]
SERVER = """
import json, os, sys
from app.base.workers.pool import Workers
pool = Workers("tests.base.prying:pick", 1, 0)
given = json.loads(sys.argv[1])
header, _ = pool.run(given | {"server": os.getpid()}, b"")
pool.close()
print(json.dumps(header))
"""


class Worker:
    """A worker whose pool runs as root, or as an ordinary user."""

    def __init__(self, ordinary: bool) -> None:
        self.user = SOMEBODY if ordinary else 0

    def __call__(self, do: str, files: Iterable[Path | str] = ()) -> dict[str, Any]:
        """What it answers, as the JSON of its header."""
        env = {**os.environ, "SECRET_KEY": "do not tell", "STORE_KEYS": "nor this", "PYTHONDONTWRITEBYTECODE": "1"}
        given = json.dumps({"do": do, "files": list(map(str, files))})
        command = [*(AS_SOMEBODY if self.user else []), sys.executable, "-c", SERVER, given]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        return told


@pytest.fixture(params=["root", "an ordinary user"])
def ask(request: pytest.FixtureRequest) -> Worker:
    """What a worker answers whose pool runs as this user."""
    if os.geteuid() != 0:
        pytest.skip("only root can be both")
    return Worker(ordinary=request.param != "root")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Database, store and pieces of a server, as open as a careless operator may leave them."""
    made = []
    for name in ("zhengzhao.db", "store/ab/cd", "pieces/1/0", "secrets.env"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"private")
        file.chmod(0o666)
        made.append(file)
    for folder in {tmp_path, *(each.parent for each in made), *tmp_path.iterdir()} - set(made):
        folder.chmod(0o777)
    return made


def test_nothing_that_is_tried_inside_a_worker_succeeds(ask: Worker, files: list[Path]) -> None:
    processes = [f"/proc/{who}/{what}" for who in ("self", "1") for what in ("environ", "mem", "maps", "status")]
    systems = ["/etc/passwd", "/dev/null", "/dev/urandom", str(ROOT / "wsgi.py"), sys.executable, "/proc/net/tcp"]
    assert ask("task", [*files, *processes, *systems])["done"] == {}


def test_a_worker_knows_no_secret_and_is_nobody_where_root_started_it(ask: Worker) -> None:
    seen = ask("knows")
    assert not {"SECRET_KEY", "STORE_KEYS"} & seen["environment"].keys()
    [user] = set(seen["user"])
    assert user == ask.user or 60578 <= user <= 61183
    assert user != 0


def test_a_worker_may_use_threads(ask: Worker) -> None:
    assert ask("threads")["done"] == [0, 1, 2, 3]


def test_here_nothing_is_missing() -> None:
    """Otherwise the tests above show less than they say."""
    assert landlock.version() >= 1
    assert seccomp.known()


def test_the_numbers_of_system_calls_are_those_of_the_kernel() -> None:
    """Held against libseccomp's tables where that is there, as on every Debian."""
    import ctypes
    from ctypes.util import find_library

    if not (name := find_library("seccomp")):
        pytest.skip("no libseccomp")
    resolve = ctypes.CDLL(name).seccomp_syscall_resolve_name_arch
    for index, machine in enumerate(syscalls.MACHINES):
        arch = ctypes.c_uint32(syscalls.AUDIT[machine])
        known = {call: resolve(arch, call.encode()) for call in syscalls.NUMBERS}
        ours = {call: numbers[index] for call, numbers in syscalls.NUMBERS.items()}
        assert ours == {call: number if number >= 0 else None for call, number in known.items()}
