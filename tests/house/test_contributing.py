"""CONTRIBUTING.md names files that are there."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import ROOT

PAGE = ROOT / "CONTRIBUTING.md"
TICKED = re.compile(r"`((?:app|static|templates|tests|docs|deploy|bench)/[\w./-]+)`")
LINKED = re.compile(r"\]\(([\w./-]+)\)")


def named(pattern: re.Pattern[str]) -> set[str]:
    """The paths that the page names so."""
    return set(pattern.findall(PAGE.read_text(encoding="utf-8")))


@pytest.mark.parametrize("pattern", [TICKED, LINKED], ids=["in ticks", "linked"])
def test_every_path_exists(pattern: re.Pattern[str]) -> None:
    assert {path for path in named(pattern) if not (ROOT / path).exists()} == set()


def test_paths_are_really_found() -> None:
    assert "app/config.py" in named(TICKED)
    assert "SECURITY.md" in named(LINKED)
