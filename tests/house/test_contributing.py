"""CONTRIBUTING.md names files that are there."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import ROOT

PAGE = ROOT / "CONTRIBUTING.md"
TICKED = re.compile(r"`((?:app|static|templates|tests|docs|deploy|bench)/[\w./-]+)`")
LINKED = re.compile(r"\]\(([\w./-]+)\)")
# Where the packages are on their way to; each goes from here once it is there.
PLANNED = {
    "app/application",
    "app/application/workflow.py",
    "app/http",
    "app/imaging",
    "app/imaging/checks",
    "app/imaging/packs/national.toml",
    "app/phone",
    "app/site",
    "app/site/guard.py",
    "app/study",
    "static/js/camera/shutter.js",
    "static/js/guidance",
    "tests/application",
    "tests/imaging",
}


def named(pattern: re.Pattern[str]) -> set[str]:
    """The paths that the page names so."""
    return set(pattern.findall(PAGE.read_text(encoding="utf-8")))


@pytest.mark.parametrize("pattern", [TICKED, LINKED], ids=["in ticks", "linked"])
def test_every_path_exists(pattern: re.Pattern[str]) -> None:
    assert {path for path in named(pattern) if not (ROOT / path).exists()} - PLANNED == set()


def test_what_is_planned_is_named_and_not_there_yet() -> None:
    assert named(TICKED) >= PLANNED
    assert {path for path in PLANNED if (ROOT / path).exists()} == set()


def test_paths_are_really_found() -> None:
    assert "app/config.py" in named(TICKED)
    assert "SECURITY.md" in named(LINKED)
