"""Asking for an export: what is pressed twice is asked once."""

from __future__ import annotations

import pytest

from app.exports import packer
from app.exports.former_queries import TWICE
from app.exports.model import Export
from tests import people
from tests.exports.approved import approved, exported, work
from tests.page import words
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


def test_whoever_has_to_wait_for_a_download_goes_back_to_the_export(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator = world.visitor(world.add(people.operator()))
    approved(world, 1)
    made = exported(world)
    monkeypatch.setattr(packer, "AT_ONCE", 0)
    page = f"/operate/exports/{made.id}"
    [download] = [each.attrib["href"] for each in operator.go(page).all("a") if words(each).startswith("下载 ")]
    answer = operator.get(download, Referer=f"{world.origin}{page}")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert operator.page.link("返回刚才的页面") == page
