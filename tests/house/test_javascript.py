"""JavaScript: each name once, nothing unused, the browser's stores behind one door."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from tests.house.tree import ROOT, javascript

MODULES = {path: facts for path, facts in javascript().items() if path.parts[:2] == ("static", "js")}
TESTS = {path: facts for path, facts in javascript().items() if path.parts[0] == "tests"}


def bare(path: Path) -> str:
    """static/js/ui/dom.js → ui/dom, as modules import it."""
    return path.relative_to("static/js").with_suffix("").as_posix()


def imported(path: Path) -> set[tuple[str, str]]:
    """Module and name of what a script takes from others; of a module that is loaded later, each name that it knows."""
    facts = javascript()[path]
    later = {module for module, name in facts.imports if name == "*"}
    return {(module, name) for module, name in facts.imports} | {(each, name) for each in later for name in facts.names}


def twice(names: list[str]) -> set[str]:
    return {name for name, count in Counter(names).items() if count > 1}


def test_every_export_and_every_type_is_named_once() -> None:
    assert twice([name for facts in MODULES.values() for name in (*facts.exports, *facts.types)]) == set()


def test_every_export_is_used_by_another_module_or_tested_and_used_in_its_own() -> None:
    product = set().union(*(imported(path) for path in MODULES))
    tests = set().union(*(imported(path) for path in TESTS))
    unused = {
        f"{bare(path)}: {name}"
        for path, facts in MODULES.items()
        for name in facts.exports
        if (bare(path), name) not in product and not ((bare(path), name) in tests and facts.names.count(name) > 1)
    }
    assert unused == set()


def test_the_browsers_stores_are_opened_in_one_module_and_in_the_worker_of_the_shell() -> None:
    product = {path: facts for path, facts in javascript().items() if path.parts[0] == "static"}
    opened = {str(path): set(facts.stores) for path, facts in product.items() if facts.stores}
    assert opened.keys() == {"static/js/ui/storage.js", "static/sw.js"}
    assert opened["static/sw.js"] == {"caches"}


def test_questions_are_asked_in_dialogs_of_ours() -> None:
    """Not in the browser's, which look strange, cannot be translated and are suppressed by some."""
    native = re.compile(r"(?<![\w.])(?:(?:window|globalThis)\.)?(confirm|alert)\(")
    sources = {str(path): (ROOT / path).read_text("utf-8") for path in MODULES}
    asking = {
        path: names
        for path, source in sources.items()
        if (names := {name for name in native.findall(source) if f"function {name}" not in source})
    }
    assert asking == {}


def test_there_is_something_to_look_at() -> None:
    dom = Path("static/js/ui/dom.js")
    assert dom in MODULES
    assert "el" in MODULES[dom].exports
    assert ("ui/dom", "el") in imported(Path("static/js/ui/screens.js"))
    assert (ROOT / dom).is_file()
