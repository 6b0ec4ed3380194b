"""The package is of use without the application: from Python as its docstring says, and on the command line."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import app.imaging
from app.imaging.commands import inspect
from tests import pictures

ROOT = Path(__file__).parents[2]
APPLICATION = ("flask", "werkzeug", "sqlalchemy", "alembic", "pydantic_settings", "socketio", "app.config", "app.http")
# Run a module as `python -m` does, then say which of these were loaded.
LOADED = """
import runpy, sys
sys.argv = ["app.imaging", *sys.argv[2:]]
try:
    runpy.run_module("app.imaging", run_name="__main__", alter_sys=True)
finally:
    print(sorted(set(sys.modules) & set(%r)), file=sys.stderr)
"""


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """`python -m app.imaging` in a process of its own."""
    command = [sys.executable, "-m", "app.imaging", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_lines_of_the_docstring_work_as_they_stand() -> None:
    body = pictures.portrait_jpeg()
    lines = doctest.DocTestParser().get_doctest(app.imaging.__doc__ or "", {"body": body}, "imaging", None, 0)
    assert len(lines.examples) == 4
    assert doctest.DocTestRunner().run(lines).failed == 0


@pytest.mark.parametrize("options", [[], ["--pack", "national"]])
def test_the_command_says_the_same_as_flask_inspect(options: list[str], tmp_path: Path) -> None:
    good, small = tmp_path / "好.jpg", tmp_path / "small.png"
    good.write_bytes(pictures.portrait_jpeg())
    small.write_bytes(pictures.written(pictures.portrait(300, 400), "PNG"))
    alone, ours = run(good, small, *options), CliRunner().invoke(inspect, [str(good), str(small), *options])
    assert (alone.returncode, alone.stdout) == (ours.exit_code, ours.stdout)
    assert [json.loads(line)["verdict"] for line in alone.stdout.splitlines()] == ["pass", "refuse"]


def test_the_command_ends_with_2_when_a_file_cannot_be_read_or_an_option_is_wrong(tmp_path: Path) -> None:
    assert run(tmp_path / "missing.jpg").returncode == 2
    assert run().returncode == 2
    assert run("--pack", "nowhere", "a.jpg").returncode == 2


def test_neither_flask_nor_a_database_nor_the_settings_are_loaded(tmp_path: Path) -> None:
    picture = tmp_path / "a.jpg"
    picture.write_bytes(pictures.portrait_jpeg())
    command = [sys.executable, "-c", LOADED % (APPLICATION,), "app.imaging", str(picture)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "[]")
    assert json.loads(done.stdout)["verdict"] == "pass"


def test_the_package_of_the_application_is_light_by_itself() -> None:
    told = f"import sys, app; print(sorted(set(sys.modules) & set({APPLICATION!r})))"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
