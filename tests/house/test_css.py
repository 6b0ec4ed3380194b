"""A class has one meaning.

`base.css` is what every page has, `parts.css` and `shell.css` what every page of the desktop has; any other sheet is
one page's or one component's. There, each selector holds a class of that sheet alone: its root, or a part of it. What
stands on or off is a state, `is-…`, and is styled with what it is a state of; what has one of several values is a data
attribute. A modifier (`.button.primary`) modifies one thing; the tones go with everything that speaks.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.house.stylesheets import CLASS, browser_sources, compounds, rules, sought, split, switched, words, written
from tests.house.tree import ROOT

EVERYWHERE = ("base.css", "tokens.css")
DESKTOP = (*EVERYWHERE, "parts.css", "shell.css")
TONES = {"good", "warn", "bad", "inform"}
SWITCHED = {"primary", "secondary"}  # which of two buttons is the better one is for a script to say
HOOKS = {"doing"}  # nothing to be seen: a script writes there how far an upload is
STYLED = {name for rule in rules() for name in rule.classes}


def is_state(name: str) -> bool:
    """Whether a class says that something is on."""
    return name.startswith("is-")


def sheets_of(name: str) -> set[str]:
    """The sheets that style a class."""
    return {rule.sheet for rule in rules() if name in rule.classes}


@pytest.mark.parametrize("name", sorted(name for name in STYLED if not is_state(name)))
def test_a_class_belongs_to_one_sheet_or_to_those_that_all_pages_have(name: str) -> None:
    sheets = sheets_of(name)
    everywhere, on_desktops = sheets & set(EVERYWHERE), sheets & set(DESKTOP)
    assert everywhere or (on_desktops and "phone.css" not in sheets) or len(sheets) == 1, sheets


@pytest.mark.parametrize("sheet", sorted({rule.sheet for rule in rules()} - set(DESKTOP)))
def test_a_sheet_styles_nothing_but_its_own(sheet: str) -> None:
    mine = [rule for rule in rules() if rule.sheet == sheet]
    alien = [rule.selector for rule in mine if not any(sheets_of(name) == {sheet} for name in rule.classes)]
    assert alien == []


def test_a_state_is_styled_with_what_it_is_a_state_of() -> None:
    assert [r.selector for r in rules() if r.classes and all(is_state(name) for name in r.classes)] == []


def test_a_modifier_modifies_one_thing() -> None:
    together = [set(CLASS.findall(each)) for rule in rules() for each in compounds(rule.selector)]
    plain = [{name for name in names if not is_state(name)} - TONES for names in together]
    alone = {name for names in plain if len(names) == 1 for name in names}
    modified = {name: set().union(*(names for names in plain if name in names)) & alone for name in set().union(*plain)}
    assert {name: of for name, of in modified.items() if name not in alone and len(of) != 1} == {}
    assert [names for names in plain if len(names & alone) > 1] == [], "two things at once"


def test_every_class_that_is_given_is_styled() -> None:
    unknown = {name: files for name, files in written().items() if name not in STYLED and name not in HOOKS}
    assert unknown == {}


def test_every_class_that_is_styled_is_given() -> None:
    assert STYLED - set(written()) - words() == set()


def test_scripts_look_for_classes_that_exist() -> None:
    unknown = {(file, name) for file, source in browser_sources() for name in sought(source) if name not in written()}
    assert unknown == set()


def test_what_scripts_switch_is_a_state() -> None:
    names = {(file, name) for file, source in browser_sources() for name in switched(source)}
    assert {(file, name) for file, name in names if not is_state(name) and name not in SWITCHED} == set()


def test_a_selector_stands_once_in_a_sheet() -> None:
    """Under one condition; what stands in a list with others may stand for itself too."""
    heads = [(rule.sheet, rule.within, rule.head) for rule in rules() if split(rule.head, ",")[0] == rule.selector]
    assert [where for where, times in Counter(heads).items() if times > 1] == []


def test_selectors_are_taken_apart_rightly() -> None:
    assert split(":is(.a, .b) > c, .d", ",") == [":is(.a, .b) > c", ".d"]
    assert list(compounds(".a.b:not(.c, .d) > .e")) == [".a.b:not", ".c", ".d", ".e"]


def test_what_hovers_is_told_only_where_something_can_hover() -> None:
    """After a touch it would stay."""
    where_it_can = re.compile(r"@media \(hover: hover\)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
    left = {path.name: where_it_can.sub("", path.read_text("utf-8")) for path in (ROOT / "static/css").glob("*.css")}
    assert [name for name, rest in left.items() if ":hover" in rest] == []
