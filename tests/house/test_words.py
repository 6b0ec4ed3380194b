"""Names say what a thing is; these words say nothing."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.house.tree import named, parsed, python_files, scripts, text

BARRED = {"manager", "helper", "util", "handler", "processor", "service", "data", "info"}
PLURALS = {f"{word}s" for word in BARRED}
PYTHON = python_files("app", "tests", "bench", "wsgi.py")

# name → whose word it is
BORROWED: dict[str, str] = {
    "handle_data": "html.parser calls it so.",
    "data_dir": "The setting DATA_DIR is called so.",
}


def words(name: str) -> set[str]:
    """snake_case, camelCase, kebab-case and paths into lower-case words."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def barred(name: str) -> set[str]:
    return words(name) & (BARRED | PLURALS) if name not in BORROWED else set()


def names_in_script(source: str) -> set[str]:
    """Functions and classes, declared or assigned."""
    declared = re.findall(r"\b(?:function\*?|class)\s+(\w+)", source)
    assigned = re.findall(r"\b(?:const|let)\s+(\w+)\s*=\s*(?:async\s*)?(?:\([^()]*\)|\w+)\s*=>", source)
    return {*declared, *assigned}


@pytest.mark.parametrize("path", PYTHON, ids=str)
def test_python_is_named_well(path: Path) -> None:
    names = {node.name for node in named(parsed(path))} | {str(path)}
    assert {name for name in names if barred(name)} == set()


@pytest.mark.parametrize("path", scripts(), ids=str)
def test_scripts_are_named_well(path: Path) -> None:
    names = names_in_script(text(path)) | {str(path)}
    assert {name for name in names if barred(name)} == set()


@pytest.mark.parametrize("name", ["PairingManager", "load_data", "app/utils.py", "requestInfo", "error-handlers.js"])
def test_a_barred_word_would_be_seen(name: str) -> None:
    assert barred(name)


@pytest.mark.parametrize("name", ["metadata", "serviceable", "DatabaseWorker", "informed"])
def test_words_that_only_look_alike_are_fine(name: str) -> None:
    assert not barred(name)


def test_names_in_scripts_are_found() -> None:
    source = "function one() {}\nexport class Two {}\nconst three = async (a) => a;\nlet four = b => b;"
    assert names_in_script(source) == {"one", "Two", "three", "four"}


def test_no_two_classes_of_the_application_share_a_name() -> None:
    classes = Counter(node.name for path in python_files("app") for node in named(parsed(path)) if is_class(node))
    assert [name for name, times in classes.items() if times > 1 and not name.startswith("_")] == []


def is_class(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef)
