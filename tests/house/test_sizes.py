"""Small files, small functions; an exception stands here with its reason, and only as long as it is needed."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.tree import ROOT, javascript, named, parsed, python_files, scripts, text

FILE_LINES = 220  # a screen and a half of what the formatter makes of 200 lines written by hand
FUNCTION_LINES = 30
PYTHON = python_files("app", "tests", "bench", "wsgi.py")

# path, or path::function → why it is larger
EXCEPTIONS: dict[str, str] = {"tests/house/test_routes.py": "Each route has a line."}


def lines(path: Path) -> int:
    return len(text(path).splitlines())


def functions(path: Path) -> dict[str, int]:
    """path::name → lines, from `def` to the last one."""
    return {
        f"{path}::{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for node in named(parsed(path))
        if not isinstance(node, ast.ClassDef)
    }


def script_functions() -> list[tuple[str, int]]:
    """path::name and lines of every function in JavaScript; functions without a name count too."""
    return [(f"{path}::{name}", size) for path, script in javascript().items() for name, size in script.functions]


def too_large() -> dict[str, int]:
    """Everything over its limit."""
    files = {str(path): lines(path) for path in PYTHON + scripts() if lines(path) > FILE_LINES}
    long = {name: size for path in PYTHON for name, size in functions(path).items() if size > FUNCTION_LINES}
    return files | long | {name: size for name, size in script_functions() if size > FUNCTION_LINES}


def test_files_and_functions_are_small() -> None:
    assert {name: size for name, size in too_large().items() if name not in EXCEPTIONS} == {}


def test_every_exception_is_needed_and_has_a_reason() -> None:
    assert EXCEPTIONS.keys() - too_large().keys() == set()
    assert [name for name, reason in EXCEPTIONS.items() if not reason.endswith(".")] == []


def test_there_is_something_to_measure() -> None:
    assert Path("app/base/store.py") in PYTHON
    assert functions(Path("tests/house/test_sizes.py"))["tests/house/test_sizes.py::lines"] == 2
    assert ("static/js/ui/dom.js::present", 3) in script_functions()
    assert (ROOT / "static").is_dir()
