"""docs/packages.md draws the packages as they are."""

from __future__ import annotations

from tests.house import picture

DIAMOND = {"top": {"left", "right", "bottom"}, "left": {"bottom"}, "right": {"bottom"}, "bottom": set[str]()}
RING = {"top": {"one", "two"}, "one": {"two", "bottom"}, "two": {"one"}, "bottom": set[str]()}


def test_the_page_is_what_the_imports_say() -> None:
    assert picture.PAGE.read_text(encoding="utf-8") == picture.page(), "please run: make packages"


def test_an_arrow_that_follows_from_others_is_left_out() -> None:
    assert picture.reduced(DIAMOND) == DIAMOND | {"top": {"left", "right"}}


def test_a_ring_is_named_and_keeps_its_arrows() -> None:
    assert picture.rings(RING) == [["one", "two"]]
    assert picture.reduced(RING) == RING
    assert picture.rings(DIAMOND) == []


def test_no_arrow_is_lost() -> None:
    graph = picture.arrows()
    drawn = picture.reduced(graph)
    assert {name: picture.reached(drawn, name) for name in drawn} == {
        name: picture.reached(graph, name) for name in graph
    }


def test_every_package_says_what_it_is() -> None:
    assert [name for name in picture.arrows() if not picture.purpose(name)] == []
