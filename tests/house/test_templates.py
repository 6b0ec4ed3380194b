"""Templates show; what is shown, and in which words, is decided in Python and comes as values.

A template says `if` and `for`, fills texts and calls the functions that every template has. It compares with no
constant but the language, computes nothing, picks nothing out of a list, and calls no method but `isoformat`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.house.stylesheets import templates
from tests.house.tree import text

LONGEST = 160  # characters of a line
AS_AGREED_TO = ("terms_zh.html", "terms_en.html")  # people have agreed to these bytes: their hash is kept
ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Slice)
FILTERS = {"join", "length", "safe", "default"}
METHODS = {"isoformat", "super"}
TERMS = 2  # of one condition
PARSER = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


def parsed(source: str) -> nodes.Template:
    """A template's syntax."""
    return PARSER.parse(source)


def faults(source: str) -> list[str]:
    """What a template does that is none of its business: the line, and what."""
    tree = parsed(source)
    found: list[tuple[nodes.Node, str]] = [(node, "computes") for node in tree.find_all(ARITHMETIC)]
    found += [(node, "compares") for node in tree.find_all(nodes.Compare) if not _is_fair(node)]
    found += [(node, f"picks by {node.name}") for node in tree.find_all(nodes.Filter) if node.name not in FILTERS]
    found += [(node, "sifts") for node in tree.find_all(nodes.For) if isinstance(node.test, nodes.Compare)]
    found += [(node, "sets what it works out") for node in tree.find_all(nodes.Assign) if _is_worked_out(node.node)]
    found += [(node, f"calls {_method(node.node)}") for node in tree.find_all(nodes.Call) if _method(node.node)]
    found += [(node, "has a long condition") for node in tree.find_all((nodes.And, nodes.Or)) if _terms(node) > TERMS]
    return [f"{line}: {what}" for line, what in sorted((node.lineno, what) for node, what in found)]


def _is_fair(node: nodes.Compare) -> bool:
    """The language, the place in a loop, or one value of ours with another: what is offered with what was chosen."""
    sides = [node.expr, *(operand.expr for operand in node.ops)]
    if any(isinstance(side, nodes.Name) and side.name == "language" for side in sides):
        return True
    return all(isinstance(side, nodes.Name | nodes.Getattr) for side in sides)


def _is_worked_out(value: nodes.Node) -> bool:
    kinds: tuple[type[nodes.Expr], ...] = (nodes.Compare, nodes.CondExpr, nodes.And, nodes.Or, nodes.Filter)
    return isinstance(value, kinds) or any(value.find(kind) is not None for kind in kinds)


def _method(callee: nodes.Node) -> str:
    return callee.attr if isinstance(callee, nodes.Getattr) and callee.attr not in METHODS else ""


def _terms(node: nodes.Node) -> int:
    inside = (node.left, node.right) if isinstance(node, nodes.And | nodes.Or) else ()
    return sum(_terms(each) for each in inside) or 1


@pytest.mark.parametrize("path", templates(), ids=str)
def test_a_template_shows_and_does_no_more(path: Path) -> None:
    assert faults(text(path)) == []


@pytest.mark.parametrize("path", [path for path in templates() if path.name not in AS_AGREED_TO], ids=str)
def test_a_line_can_be_read(path: Path) -> None:
    assert [at for at, line in enumerate(text(path).splitlines(), 1) if len(line) > LONGEST] == []


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("{{ bytes // 1024 }}", "computes"),
        ("{{ month[:4] }}", "computes"),
        ("{% if status == 'READY' %}x{% endif %}", "compares"),
        ("{% if stage in ('code', 'phone') %}x{% endif %}", "compares"),
        ("{{ rows | selectattr('ok') }}", "picks by selectattr"),
        ("{% set many = rows | length %}", "sets what it works out"),
        ("{{ kept.get('a') }}", "calls get"),
        ("{% if a and b or c %}x{% endif %}", "has a long condition"),
    ],
)
def test_what_a_template_may_not_do_is_seen(source: str, what: str) -> None:
    assert any(what in fault for fault in faults(source))


def test_what_it_may_do_is_let_through() -> None:
    rows = "{% for row in rows %}{% if row.key == chosen %}{{ row.words }}{% endif %}{% endfor %}"
    assert faults(rows + "{{ ', ' if language == 'en' else '、' }}{{ at.isoformat() }}") == []
