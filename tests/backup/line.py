"""The command line of a server of its own: `flask backup`, `flask restore` and what looks at their work."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner

from app import create_app
from app.backup_commands import restore_command
from app.config import load
from app.dependencies import Dependencies
from app.http.provided import provided_by
from tests.serve.running import ROOT

SECRET_KEY = "s" * 40
STORE_KEYS = f"one:{base64.b64encode(b'k' * 32).decode()}"
FLASK = [sys.executable, "-m", "flask"]


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    code: int
    output: str


@dataclass(frozen=True)
class Line:
    """Commands for one DATA_DIR."""

    folder: Path
    secret_key: str = SECRET_KEY
    store_keys: str = STORE_KEYS

    def environment(self, **settings: str) -> dict[str, str]:
        """What a command finds."""
        return {
            "PATH": os.environ["PATH"],
            "FLASK_APP": "app",
            "DATA_DIR": str(self.folder),
            "SECRET_KEY": self.secret_key,
            "STORE_KEYS": self.store_keys,
            **settings,
        }

    def flask(self, *words: str | Path, **settings: str) -> Done:
        """Run a command to its end, in this process."""
        with patch.dict(os.environ, self.environment(**settings), clear=True):
            if words[0] == "restore":
                result = CliRunner().invoke(restore_command, list(map(str, words[1:])))
            else:
                app = create_app(load(async_mode="threading", _env_file=None))
                result = app.test_cli_runner().invoke(args=list(map(str, words)))
                provided_by(app).get(Dependencies).db.engine.dispose()
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Done(result.exit_code, result.output)

    def begin(self, *words: str | Path, **settings: str) -> subprocess.Popen[str]:
        """Begin a command."""
        return subprocess.Popen(
            [*FLASK, *map(str, words)],
            cwd=ROOT,
            env=self.environment(**settings),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def backed_up(self, file: Path) -> Path:
        """A backup that went well."""
        said(self.flask("backup", file), 0)
        return file


def limited(line: Line, size: int, *words: str | Path) -> Done:
    """Run a command, which may write files of so many bytes only: as a full disk does, it says so in the middle."""
    limit = (
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size})); signal.signal(signal.SIGXFSZ, signal.SIG_IGN)"
    )
    script = f"import flask.cli, resource, signal, sys; {limit}; sys.argv[:1] = ['flask']; flask.cli.main()"
    command, env = [sys.executable, "-c", script, *map(str, words)], line.environment()
    done = subprocess.run(command, cwd=ROOT, env=env, text=True, capture_output=True, check=False)
    return Done(done.returncode, done.stdout + done.stderr)


def said(done: Done, code: int) -> str:
    """What a command said, which ended with this code."""
    assert done.code == code, done.output
    assert "Traceback" not in done.output
    return done.output


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
