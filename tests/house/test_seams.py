"""Slices meet in types: what one brings is one object, nothing passes by a string, and `Any` stands where a library
forces it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from app.http.slices import Slice
from app.slices import CONTRIBUTIONS, SLICES
from tests.house.plan import ORDER
from tests.house.tree import parsed, python_files, text

APP = python_files("app")

# file → the library that forces `Any` or `object` on it, and how
UNTYPED: dict[str, str] = {
    "app/base/database.py": "SQLAlchemy: Session.info is dict[Any, Any], a CursorResult is of any columns.",
    "app/base/logs.py": "structlog: an event's fields are of any type.",
    "app/base/workers/kernel.py": "ctypes: what byref() makes has no public type.",
    "app/demo/study.py": "tomllib: a table is dict[str, Any].",
    "app/http/provided.py": "typing: a dict has no type for a value of the type that is its key.",
    "app/imaging/packs/pack.py": "tomllib: a table is dict[str, Any].",
    "app/exports/refusal_list_actions.py": "SQLAlchemy: a Column of whatever type is Column[Any].",
    "app/imports/kind_actions.py": "SQLAlchemy: a Column of whatever type is Column[Any].",
    "app/imports/kinds/candidates.py": "SQLAlchemy: a Column of whatever type is Column[Any], a Row of those Row[Any].",
    "app/imports/kinds/offices.py": "SQLAlchemy: a Column of whatever type is Column[Any].",
    "app/imports/kinds/owned.py": "SQLAlchemy: a mapping of a row is of any types.",
    "app/imports/kinds/programme_row.py": "SQLAlchemy: a Row of columns of whatever type is Row[Any].",
    "app/imports/kinds/programmes.py": "SQLAlchemy: a Row of columns of whatever type is Row[Any].",
    "app/imports/kinds/results.py": "SQLAlchemy: a Column of whatever type is Column[Any].",
    "app/imports/readers/workbook.py": "calamine: a cell is of more types than it says.",
    "app/imports/stage_actions.py": "SQLAlchemy: a Column of whatever type is Column[Any].",
    "app/printing/press.py": "typst: its types know no compiler that is given several files by name.",
    "app/review/queries.py": "SQLAlchemy: a SELECT of more than ten columns is of any types.",
    "app/serve/metered.py": "socket: eventlet and werkzeug ask the connection for whatever they like.",
    "app/serve/shared_tls.py": "ssl: its sockets are made with any arguments, and read() answers two types.",
    "app/serve/threading_server.py": "werkzeug: the methods that are overridden are of any types.",
    "app/site/template_context.py": "Flask: what templates can use is dict[str, Any].",
}


def untyped(tree: ast.AST) -> list[int]:
    """The lines on which `Any` or `object` is a type, in quotes too."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in ("Any", "object")]
    casts = [
        node.args[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "cast"
    ]
    quoted = [
        each for each in casts if isinstance(each, ast.Constant) and re.search(r"\b(Any|object)\b", str(each.value))
    ]
    return sorted(node.lineno for node in (*found, *quoted))


@pytest.mark.parametrize("path", [path for path in APP if str(path) not in UNTYPED], ids=str)
def test_everything_has_its_type(path: Path) -> None:
    assert untyped(parsed(path)) == []


def test_every_exception_is_needed_and_names_its_library() -> None:
    assert [file for file in UNTYPED if not untyped(parsed(Path(file)))] == []
    assert [why for why in UNTYPED.values() if not re.fullmatch(r"\w+: .+\.", why)] == []


@pytest.mark.parametrize(
    "line", ["x: Any = 1", "def f(x: object) -> None: ...", "y = cast('list[Any]', x)", "Row = dict[str, Any]"]
)
def test_what_has_no_type_would_be_seen(line: str) -> None:
    assert untyped(ast.parse(line)) == [1]


def test_every_slice_exports_one_object_and_stands_in_the_list_once() -> None:
    files = {path.parts[1] for path in APP if path.stem == "slice"}
    listed = re.findall(r"from app\.(\w+)\.slice import SLICE", text(Path("app/slices.py")))
    assert set(listed) == files
    assert len(SLICES) == len(files)
    assert all(isinstance(each, Slice) for each in SLICES)


def test_slices_are_listed_in_their_order() -> None:
    firsts = [each.blueprints[0].import_name.split(".")[1] for each in SLICES if each.blueprints]
    assert firsts == sorted(firsts, key=ORDER.index)
    assert [each for each in SLICES if each in CONTRIBUTIONS] == list(CONTRIBUTIONS)


@pytest.mark.parametrize("path", [path for path in APP if path.parts[1] == "http"], ids=str)
def test_http_names_no_view_of_a_slice(path: Path) -> None:
    names = {each.import_name.split(".")[1] for one in SLICES for each in one.blueprints}
    words = [node.value for node in ast.walk(parsed(path)) if isinstance(node, ast.Constant)]
    assert [each for each in words if isinstance(each, str) and re.fullmatch(rf"({'|'.join(names)})\.\w+", each)] == []


@pytest.mark.parametrize("path", [path for path in APP if path != Path("app/http/provided.py")], ids=str)
def test_what_the_application_has_is_asked_for_by_its_type(path: Path) -> None:
    asked = [ast.unparse(node) for node in ast.walk(parsed(path)) if is_extensions(node)]
    assert asked == []


def is_extensions(node: ast.AST) -> bool:
    """`app.extensions`; a certificate has extensions of its own."""
    if not isinstance(node, ast.Attribute) or node.attr != "extensions":
        return False
    return isinstance(node.value, ast.Name | ast.Attribute) and "app" in ast.unparse(node.value)
