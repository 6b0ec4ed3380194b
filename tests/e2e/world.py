"""A real server in a process of its own, with a database, a store and people of its own."""

from __future__ import annotations

import base64
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any, ClassVar

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
Value = str | float | None  # of a column
READY = "zhengzhao is up"


class World:
    """`make run` without the installing. `origin` is plain HTTP on localhost, which browsers treat as secure."""

    launcher: ClassVar = "app.start"

    def __init__(self, folder: Path, mode: str = "eventlet", **settings: str) -> None:
        self.folder, self.code = folder, ROOT
        self.port = free_port()
        self.origin = f"http://localhost:{self.port}"
        key = base64.b64encode(b"k" * 32).decode()
        self.environment = {
            **os.environ,
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "TLS_PORT": "0",
            "ASYNC_MODE": mode,
            "DEMO": "1",
            "SECRET_KEY": "s" * 40,
            "STORE_KEYS": f"one:{key}",
            "PUBLIC_URL": self.origin,
            "PYTHONUNBUFFERED": "1",
            "PAIRINGS_PER_10_MINUTES": "1000",
            "TRANSFER_MINUTES": "7",  # not the default: what pages say of it comes from here
            **settings,
        }
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> World:
        """Returns once it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "server.log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", self.launcher],
                cwd=self.code,
                env=self.environment,
                text=True,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        assert self.process.stdout
        for line in self.process.stdout:
            if READY in line:
                return self
        raise AssertionError(f"the server did not start: {self.log()}")

    def stop(self) -> int:
        """An orderly stop; its exit code."""
        return self._end(signal.SIGTERM)

    def kill(self) -> None:
        """kill -9."""
        self._end(signal.SIGKILL)

    def rows(self, query: str, *values: Value) -> list[tuple[Any, ...]]:
        """What the database says now."""
        with sqlite3.connect(self.folder / "zhengzhao.db") as db:
            return db.execute(query, values).fetchall()

    def change(self, query: str, *values: Value) -> None:
        """Change the rows behind the server's back: how a test moves time."""
        with sqlite3.connect(self.folder / "zhengzhao.db") as db:
            db.execute(query, values)

    def log(self) -> str:
        """What the server wrote to its log, and what stands on stderr alone."""
        return both(self.folder / "zhengzhao.log", self.folder / "server.log")

    def _end(self, how: signal.Signals) -> int:
        process, self.process = self.process, None
        if process is None:
            return 0
        process.send_signal(how)
        code = process.wait(30)
        if process.stdout:
            process.stdout.close()
        return code


def both(log: Path, stderr: Path) -> str:
    """The log of a demo; then the lines of its stderr that are not in there too."""
    written = log.read_text(errors="replace") if log.exists() else ""
    known = set(written.splitlines())
    others = [line for line in stderr.read_text(errors="replace").splitlines() if line not in known]
    return written + "".join(f"{line}\n" for line in others)
