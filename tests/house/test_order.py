"""Who may import whom: packages in one order, roles within a slice; Flask, eventlet and the clock behind doors."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.plan import GOVERNED, LIBRARIES, ORDER, ROLES, SLICES, names
from tests.house.tree import imports, lines_of, parsed, python_files

APP = python_files("app")
EVERYTHING = python_files("app", "wsgi.py", "bench")
FLASK = ("flask", "flask_socketio", "flask_babel")
WITH_FLASK = ("commands", "current", "sockets", "relay", "guard", "template_context", "forms", "views")
LEAST_LINES = 15
CLOCKS = {
    "app/base/clock.py": "The door itself.",
    "app/base/limits.py": "The limiter counts in time.time() and tells its windows' ends in it.",
}


def package(path: Path) -> str:
    """The package below app/ that a file is in; empty for the wiring."""
    return path.parts[1] if len(path.parts) > 2 else ""


def imported_packages(path: Path) -> set[str]:
    """The packages below app/ that a file imports from, wherever the import stands; empty for the wiring."""
    ours = [name.split(".")[1:] for name in imports(path) if name.split(".")[0] == "app"]
    return {name[0] if name and Path("app", name[0]).is_dir() else "" for name in ours}


def run_time_imports(path: Path) -> set[str]:
    """What a file imports to work; a rule may name the type of a row that it judges."""
    return set(imports(path)) - set(imports(path, under_type_checking=True))


def role(path: Path) -> str | None:
    """What a file of a slice is: one of ROLES, by its name."""
    return next((name for name in ROLES if path.stem == name or path.stem.endswith(f"_{name}")), None)


def test_the_order_names_every_package() -> None:
    assert set(ORDER) == {package(path) for path in APP} - {""}


@pytest.mark.parametrize("path", [path for path in APP if package(path)], ids=str)
def test_a_package_imports_only_earlier_ones(path: Path) -> None:
    own = ORDER.index(package(path))
    assert {name for name in imported_packages(path) if name not in ORDER[: own + 1]} == set()


def test_no_packages_stand_in_a_ring() -> None:
    assert ring({name: arrows(name) for name in ORDER}) == set()


def arrows(name: str) -> set[str]:
    """The other packages that a package imports."""
    return {each for path in APP if package(path) == name for each in imported_packages(path)} - {name}


def ring(graph: dict[str, set[str]]) -> set[str]:
    """What is left when everything that imports nothing of the rest is taken away, again and again."""
    left = set(graph)
    while free := {name for name in left if not graph[name] & left}:
        left -= free
    return left


def test_a_ring_would_be_seen() -> None:
    assert ring({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == {"a", "b", "c"}


@pytest.mark.parametrize("folder", sorted({str(path.parent.relative_to("app")) for path in APP if package(path)}))
def test_every_file_has_its_place_in_the_plan(folder: str) -> None:
    there = {path.stem for path in APP if path.parent == Path("app", folder)} - {"__init__"}
    assert there == set(names()[folder])


@pytest.mark.parametrize("folder", SLICES)
def test_files_of_slices_are_named_by_their_role(folder: str) -> None:
    stems = [Path("app", folder, stem) for stem in names()[folder]]
    assert [path.stem for path in stems if role(path) is None and path.stem not in GOVERNED] == []


def test_every_governed_name_is_used() -> None:
    used = {stem for folder in SLICES for stem in names()[folder]}
    assert set(GOVERNED) - used == set()
    assert LIBRARIES.keys() & SLICES.keys() == set()


def test_no_file_is_so_small_that_it_could_stand_in_its_neighbour() -> None:
    named_for_all = ("__init__", "slice")  # each slice has one, however little it brings
    assert [str(path) for path in APP if path.stem not in named_for_all and lines_of(path) < LEAST_LINES] == []


@pytest.mark.parametrize("path", [path for path in APP if package(path) in SLICES and role(path)], ids=str)
def test_within_a_slice_each_role_imports_only_inner_ones(path: Path) -> None:
    prefix, own = f"app.{package(path)}.", ROLES.index(role(path) or "")
    stems = {name.removeprefix(prefix).split(".")[0] for name in run_time_imports(path) if name.startswith(prefix)}
    roles = {stem: role(Path("app", package(path), stem)) for stem in stems}
    assert {stem for stem, found in roles.items() if found and ROLES.index(found) > own} == set()


@pytest.mark.parametrize("path", [path for path in APP if package(path) not in ("", "http")], ids=str)
def test_flask_stays_outside(path: Path) -> None:
    if path.stem not in WITH_FLASK and role(path) not in WITH_FLASK:
        assert {name for name in imports(path) if name.split(".")[0] in FLASK} == set()


@pytest.mark.parametrize("path", [path for path in APP if role(path) == "rules"], ids=str)
def test_rules_are_pure(path: Path) -> None:
    impure = ("sqlalchemy", "flask", "werkzeug", "app.base.database", "app.base.store")
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
