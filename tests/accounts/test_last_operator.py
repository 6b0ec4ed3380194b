"""Somebody can always run the service."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from app.accounts import staff_actions as actions
from app.base.errors import Refused
from app.identity.actor_rules import Actor, StaffRole
from app.identity.model import Staff
from tests import people
from tests.visitors import Visitor
from tests.world import World


def able(world: World) -> list[str]:
    """Who can run the service."""
    return [each.login_name for each in world.rows(Staff, role="operator") if not each.is_disabled]


def disable(world: World, staff_id: int) -> None:
    with world.dependencies.db.writing() as db:
        actions.disable(db, staff_id, lambda *_: None, Actor.server(), world.clock.now())


def demote(world: World, staff_id: int) -> None:
    post = actions.Post("x", StaffRole.SUPPORT)
    with world.dependencies.db.writing() as db:
        actions.change(db, staff_id, post, Actor.server(), world.clock.now())


@pytest.fixture
def last(world: World) -> Staff:
    gone = world.add(people.operator())
    last = world.add(people.operator(login_name="last"))
    disable(world, gone.id)
    return last


def test_the_last_one_can_neither_be_disabled_nor_change_role(world: World, last: Staff) -> None:
    console: Visitor = world.visitor(last)
    for fields in ({"button": "停用"}, {"button": "保存", "role": "support"}):
        console.go(f"/operate/staff/{last.id}")
        page = console.press(fields.pop("button"), sure="yes", **fields)
        assert "最后一位可以登录的运行管理员" in page.text
    assert able(world) == ["last"]


@pytest.mark.parametrize("leave", [disable, demote])
@pytest.mark.parametrize("round_", range(5))
def test_of_two_who_leave_at_once_one_stays(world: World, leave: Callable[[World, int], None], round_: int) -> None:
    two = [world.add(people.operator()).id for _ in range(2)]
    together, refused = threading.Barrier(2), list[str]()

    def one(staff_id: int) -> None:
        together.wait()
        try:
            leave(world, staff_id)
        except Refused as refusal:
            refused.append(refusal.code)

    threads = [threading.Thread(target=one, args=(each,)) for each in two]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["last_operator"]
    assert len(able(world)) == 1
