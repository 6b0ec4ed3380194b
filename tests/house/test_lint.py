"""The tools find nothing: style, types, syntax of what the browser gets."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT, scripts

CHECKS = {
    "ruff check": [sys.executable, "-m", "ruff", "check", "."],
    "ruff format": [sys.executable, "-m", "ruff", "format", "--check", "."],
    "mypy": [sys.executable, "-m", "mypy"],
    "biome": ["node_modules/.bin/biome", "check", "--error-on-warnings"],
    "tsc, pages": ["node_modules/.bin/tsc", "--project", "jsconfig.json"],
    "tsc, workers": ["node_modules/.bin/tsc", "--project", "jsconfig.worker.json"],
    "tsc, tools": ["node_modules/.bin/tsc", "--project", "jsconfig.node.json"],
}


def complaints(*command: str | Path) -> str:
    """What a tool says when it is not content; empty when it is."""
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return result.stdout + result.stderr if result.returncode else ""


@pytest.mark.parametrize("name", CHECKS)
def test_the_tools_are_content(name: str) -> None:
    assert complaints(*CHECKS[name]) == ""


@pytest.mark.parametrize("path", scripts(), ids=str)
def test_every_script_parses(path: Path) -> None:
    assert complaints("node", "--check", path) == ""
