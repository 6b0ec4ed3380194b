"""docs/procedure.md: every step of the official procedure, and tests that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.house.tree import ROOT, named

PAGE = ROOT / "docs" / "procedure.md"
ROW = re.compile(r"^\| (?P<step>[^|]+) \| (?P<words>[^|]+) \| (?P<place>[^|]+) \| (?P<tests>[^|]+) \|$", re.MULTILINE)
CAPTURE = [f"(一)1.({number})" for number in range(1, 11)]
STEPS = ["一", "二", "(一)1", *CAPTURE, *[f"(二){number}" for number in range(1, 10)]]


def rows() -> list[re.Match[str]]:
    return [row for row in ROW.finditer(PAGE.read_text()) if row["step"] not in ("Step", "---")]


def exists(test: str) -> bool:
    """Whether `path::name` below tests/ is a function."""
    path, _, name = test.partition("::")
    file = ROOT / "tests" / path
    return file.is_file() and name in {node.name for node in named(ast.parse(file.read_text()))}


def test_no_step_is_left_out_and_they_stand_in_order() -> None:
    assert [row["step"] for row in rows() if " · " not in row["step"]] == STEPS


def test_every_row_names_tests_that_exist() -> None:
    claimed = {row["step"]: re.findall(r"`([^`]+)`", row["tests"]) for row in rows()}
    assert [step for step, tests in claimed.items() if not tests] == []
    assert {test for tests in claimed.values() for test in tests if not exists(test)} == set()


def test_a_row_names_nothing_but_tests() -> None:
    assert [row["step"] for row in rows() if re.sub(r"`[^`]+`", "", row["tests"]).strip(", ")] == []


def test_a_test_that_is_gone_would_be_seen() -> None:
    assert not exists("house/test_procedure.py::test_that_is_not_there")
    assert not exists("house/nowhere.py::test_a_test_that_is_gone_would_be_seen")
    assert exists(f"house/{Path(__file__).name}::test_a_test_that_is_gone_would_be_seen")
