"""A server to be tried: a process of its own, from this checkout or another, alone or behind nginx."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.faults.front import Front
from bench.peak import megabytes
from tests.e2e.world import READY, ROOT, World, both
from tests.ports import free_port

PATIENCE = 30.0


class Place(World):
    """`port` is where people come in: nginx where there is one, else the server itself, which listens on `back`."""

    def __init__(self, folder: Path, mode: str, way: str = "direct", root: Path = ROOT, **settings: str) -> None:
        super().__init__(folder / "data", mode, **settings)
        self.root, self.mode, self.way = root, mode, way
        self.back = self.port
        self.front: Front | None = None
        if way == "nginx":
            self.port = free_port()
            self.origin = f"http://localhost:{self.port}"
            self.environment |= {"PUBLIC_URL": self.origin, "TRUSTED_PROXIES": "1"}
            self.front = Front(folder / "nginx", root, self.port, self.back)
        self.environment |= {"FLASK_APP": "app"} | settings
        self.environment.pop("PYTHONPATH", None)

    def start(self) -> Place:
        """Everything, from an empty folder; returns once it answers."""
        self.begin("-m", "app.start")
        if self.front:
            self.front.start()
        return self

    def begin(self, *command: str) -> None:
        """The server alone, by `python -m app.start` or `python wsgi.py`; returns once it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder.parent / "server.log").open("a") as log:
            self.process = subprocess.Popen(
                [self.python, *command],
                cwd=self.root,
                env=self.environment,
                text=True,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if READY in line:
                return
        raise AssertionError(f"the server did not start: {self.log()[-2000:]}")

    def stop(self) -> int:
        """Both; the server's exit code, -9 when it had to be killed."""
        if self.front:
            self.front.stop()
        try:
            return super().stop()
        except subprocess.TimeoutExpired:
            return -9

    def log(self) -> str:
        """What the server wrote to its log, and what stands on stderr alone."""
        return both(self.folder / "zhengzhao.log", self.folder.parent / "server.log")

    @property
    def python(self) -> str:
        """The interpreter of its checkout."""
        return str(self.root / ".venv" / "bin" / "python")

    @property
    def pid(self) -> int:
        """Of the server itself."""
        assert self.process is not None
        return self.process.pid

    def command(self, *words: str, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        """`flask …` beside the running server."""
        return subprocess.run(
            [self.python, "-m", "flask", *words],
            cwd=self.root,
            env=self.environment,
            text=True,
            capture_output=True,
            timeout=timeout,
            check=False,
        )

    def megabytes(self, what: str = "VmRSS") -> float:
        """Memory of the server's own process, its workers apart; VmHWM is the most since `forget_peak`."""
        return megabytes(self.pid, what)

    def forget_peak(self) -> None:
        """Begin VmHWM anew."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")

    def pool(self) -> set[int]:
        """The processes that the server itself has started, without those that they have for one picture."""
        return {pid for pid, parent in _parents().items() if parent == self.pid}

    def workers(self) -> list[int]:
        """All processes below the server, youngest last."""
        below, found = {self.pid}, list[int]()
        for pid, parent in sorted(_parents().items()):
            if parent in below:
                below.add(pid)
                found.append(pid)
        return found


def _parents() -> dict[int, int]:
    """Every process that is no zombie, and its parent."""
    found = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                state, parent = Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()[:2]
            except OSError:
                continue
            if state != "Z":
                found[int(entry)] = int(parent)
    return found


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of that size at the folder. Needs root."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Write until nothing fits any more; the file that did it."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as out:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while out.write(b"\0" * size):
                    pass
            except OSError:
                continue
    return filler


def until(what: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Whether this comes true within the time."""
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
