"""Stylesheets, templates and scripts as far as class names go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.house.tree import ROOT, scripts, text

CLASS = re.compile(r"\.(-?[a-zA-Z][\w-]*)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STRING = re.compile(r"'([^']*)'")
OUTPUT = re.compile(r"\{\{.*?\}\}", re.DOTALL)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
ATTRIBUTE = re.compile(r'\bclass="([^"]*)"')
SWITCHED = re.compile(r"classList\.(?:add|remove|toggle|contains|replace)\(([^()]*)")
GIVEN = re.compile(r"""\bclass(?:Name)?(?:: | = |", )(?:[^"`,}]*\? )?(["`])(.*?)\1""")
SOUGHT = re.compile(r"""\b(?:querySelector(?:All)?|closest|matches)\((["'`])(.*?)\1\)""")
QUOTED = re.compile(r"""(["'`])(.*?)\1""")


class Rule(NamedTuple):
    """One selector of a sheet, of those in a `head`; `within` is the condition (@media …) it stands under."""

    sheet: str
    within: str
    head: str
    selector: str

    @property
    def classes(self) -> set[str]:
        """Every class in it."""
        return set(CLASS.findall(self.selector))


@cache
def rules() -> tuple[Rule, ...]:
    """Every selector of every sheet."""
    return tuple(rule for path in sorted((ROOT / "static/css").glob("*.css")) for rule in _rules_of(path))


def _rules_of(path: Path) -> Iterator[Rule]:
    within: list[str] = []
    for head, end in re.findall(r"([^{}]*)([{}])", COMMENT.sub("", path.read_text(encoding="utf-8"))):
        if end == "}":
            within.pop()
            continue
        name = " ".join(head.rpartition(";")[2].split())
        if not name.startswith("@") and not any("keyframes" in each for each in within):
            yield from (Rule(path.name, " ".join(within), name, each) for each in split(name, ","))
        within.append(name)


def split(selector: str, signs: str) -> list[str]:
    """The parts between these signs, where no bracket is open."""
    parts, depth = [""], 0
    for sign in selector:
        depth += (sign in "([") - (sign in ")]")
        if depth == 0 and sign in signs:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def compounds(selector: str) -> Iterator[str]:
    """What is said about one element each, the insides of :is(), :not(), :has() and :where() too."""
    for part in split(selector, " >+~"):
        yield re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "", part)
        for inside in re.findall(r":(?:is|not|has|where)\(((?:[^()]|\([^()]*\))*)\)", part):
            yield from (each for one in split(inside, ",") for each in compounds(one))


def templates() -> list[Path]:
    """Every template, relative to the root."""
    return sorted(path.relative_to(ROOT) for path in (ROOT / "templates").rglob("*.html"))


@cache
def written() -> dict[str, set[str]]:
    """Every class that templates and scripts give to an element, and the files in which they do."""
    found: dict[str, set[str]] = {}
    for path in (*templates(), *_browser_scripts()):
        for name in _in_template(text(path)) if path.suffix == ".html" else _in_script(text(path)):
            found.setdefault(name, set()).add(path.as_posix())
    return found


def _in_template(source: str) -> Iterator[str]:
    for value in ATTRIBUTE.findall(source):
        yield from (word for output in OUTPUT.findall(value) for one in STRING.findall(output) for word in one.split())
        yield from JINJA.sub(" ", value).split()


def _in_script(source: str) -> Iterator[str]:
    for _quote, value in GIVEN.findall(source):
        yield from re.sub(r"\$\{[^}]*\}", "", value).split()
    yield from switched(source)


def switched(source: str) -> Iterator[str]:
    """The classes that a script switches on or off, or asks after."""
    for arguments in SWITCHED.findall(source):
        yield from (word for _quote, word in QUOTED.findall(re.sub(r"=== ?\"\w+\"", "", arguments)))


def sought(source: str) -> Iterator[str]:
    """The classes by which a script finds elements."""
    for _quote, selector in SOUGHT.findall(source):
        yield from CLASS.findall(re.sub(r"\$\{[^}]*\}", "", selector))


def _browser_scripts() -> list[Path]:
    return [path for path in scripts() if path.parts[0] == "static"]


def browser_sources() -> list[tuple[str, str]]:
    """Name and text of every script of ours that runs in a browser."""
    return [(path.as_posix(), text(path)) for path in _browser_scripts()]


@cache
def words() -> frozenset[str]:
    """Every word in a string of a template or a script: where a class stands that is put together from a table."""
    sources = [" ".join(JINJA.findall(text(path))) + " ".join(_blocks(text(path))) for path in templates()]
    sources += [source for _name, source in browser_sources()]
    return frozenset(word for source in sources for _quote, value in QUOTED.findall(source) for word in value.split())


def _blocks(source: str) -> list[str]:
    return [f"'{word}'" for word in re.findall(r"\{% block \w+ %\}(\w+)\{% endblock %\}", source)]
