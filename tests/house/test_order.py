"""Who may import whom: slices in one order, layers within a slice; Flask, eventlet and the clock behind doors."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.tree import LAYERS, SLICES, imports, parsed, python_files

APP = python_files("app")
EVERYTHING = python_files("app", "wsgi.py", "bench")
FLASK = ("flask", "flask_socketio", "flask_babel")
OUTER = (*FLASK, "app.web", "app.serve", "app.cli")
CLOCKS = {
    "app/base/clock.py": "The door itself.",
    "app/base/limits.py": "The limiter counts in time.time() and tells its windows' ends in it.",
}
WIRING = ("app/web", "app/serve", "app/__init__.py", "app/cli.py", "app/dependencies.py")


def slice_of(path: Path) -> str | None:
    return path.parts[1] if path.parts[1] in SLICES else None


def layer(stem: str) -> int | None:
    """rules … views → 0 … 5; `phone_views` is a view too."""
    return next((rank for rank, name in enumerate(LAYERS) if stem == name or stem.endswith(f"_{name}")), None)


def is_outer(path: Path) -> bool:
    """Views, forms and the wiring: where Flask may be."""
    return str(path).startswith(WIRING) or layer(path.stem) in (4, 5)


@pytest.mark.parametrize("path", [path for path in APP if slice_of(path)], ids=str)
def test_a_slice_imports_only_earlier_ones(path: Path) -> None:
    own = SLICES.index(path.parts[1])
    later = {
        name
        for name in imports(path)
        if name.startswith("app.") and name.split(".")[1] in SLICES and SLICES.index(name.split(".")[1]) > own
    }
    assert later == set()


@pytest.mark.parametrize("path", [path for path in APP if slice_of(path) == "base"], ids=str)
def test_the_base_imports_nothing_of_ours(path: Path) -> None:
    assert {name for name in imports(path) if name.startswith("app.") and not name.startswith("app.base")} == set()


@pytest.mark.parametrize("path", [path for path in APP if slice_of(path) and layer(path.stem) is not None], ids=str)
def test_within_a_slice_each_layer_imports_only_inner_ones(path: Path) -> None:
    own, prefix = layer(path.stem), f"app.{path.parts[1]}."
    assert own is not None
    stems = {name.removeprefix(prefix).split(".")[0] for name in imports(path) if name.startswith(prefix)}
    assert {stem for stem in stems if (layer(stem) or 0) > own} == set()


@pytest.mark.parametrize("path", [path for path in APP if not is_outer(path)], ids=str)
def test_flask_and_the_wiring_stay_outside(path: Path) -> None:
    assert {name for name in imports(path) if any(f"{name}.".startswith(f"{door}.") for door in OUTER)} == set()


@pytest.mark.parametrize("path", [path for path in APP if path.stem == "rules"], ids=str)
def test_rules_are_pure(path: Path) -> None:
    impure = (
        "sqlalchemy",
        "flask",
        "werkzeug",
        "app.dependencies",
        "app.config",
        "app.base.database",
        "app.base.store",
    )
    assert {name for name in imports(path) if name.startswith(impure)} == set()


@pytest.mark.parametrize("path", EVERYTHING, ids=str)
def test_eventlet_comes_in_through_one_door(path: Path) -> None:
    if path != Path("wsgi.py") and not str(path).startswith("app/serve/"):
        assert {name for name in imports(path) if name.split(".")[0] in ("eventlet", "greenlet", "gevent")} == set()


@pytest.mark.parametrize("path", [path for path in APP if str(path) not in CLOCKS], ids=str)
def test_the_time_of_day_comes_from_the_clock(path: Path) -> None:
    assert [node.lineno for node in ast.walk(parsed(path)) if isinstance(node, ast.Call) and tells_time(node)] == []


def tells_time(call: ast.Call) -> bool:
    """datetime.now(), date.today(), time.time() and their like."""
    match call.func:
        case ast.Attribute(value=ast.Name(id="datetime" | "date") | ast.Attribute(attr="datetime" | "date"), attr=name):
            return name in ("now", "utcnow", "today")
        case ast.Attribute(value=ast.Name(id="time"), attr=name):
            return name in ("time", "time_ns", "localtime", "gmtime")
    return False


@pytest.mark.parametrize("call", ["datetime.now(UTC)", "datetime.datetime.utcnow()", "date.today()", "time.time()"])
def test_a_look_at_another_clock_would_be_seen(call: str) -> None:
    [statement] = ast.parse(call).body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Call)
    assert tells_time(statement.value)
