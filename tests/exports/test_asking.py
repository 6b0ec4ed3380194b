"""Asking for an export: what is pressed twice is asked once."""

from __future__ import annotations

from app.exports.former_queries import TWICE
from app.exports.model import Export
from tests import people
from tests.exports.approved import approved, work
from tests.world import World


def test_a_button_pressed_twice_asks_for_one(world: World) -> None:
    operator = world.visitor(world.add(people.operator()))
    approved(world, 1)
    form = {"csrf": operator.csrf(), "preview": "yes", "sealed": "yes", "city": "440100"}
    pages = [operator.post("/operate/exports", form).text for _each in range(2)]
    assert pages[0] == pages[1], "the same password too"
    assert len(world.rows(Export)) == 1
    operator.post("/operate/exports", form | {"sealed": "no"})
    world.clock.move(seconds=TWICE.total_seconds())
    operator.post("/operate/exports", form)
    assert len(world.rows(Export)) == 3
    work(world)
    operator.post("/operate/exports", form)
    assert len(world.rows(Export)) == 4
