"""The table of steps: only what is in it can be done, and the diagram of docs/states.md is drawn from it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import cast

import pytest

from app.application.actions import take_step
from app.application.audit_rules import Action
from app.application.model import Application
from app.application.workflow import STEPS, Branch, Status, Step, allowed, find
from app.base.errors import Refused
from app.identity.actor_rules import Role
from tests import people
from tests.house.tree import ROOT
from tests.procedure import the_application
from tests.world import World

ACTIONS = sorted({step.action for step in STEPS})
STRANGERS = cast(list[Role], ["support", "nobody", ""])
ROLES = [*sorted({step.role for step in STEPS}), *STRANGERS]
EVERYTHING = list(product(ACTIONS, Status, ROLES, Branch))
IN_THE_TABLE = {(step.action, step.source, step.role, branch): step for step in STEPS for branch in step.branches}


def test_no_two_steps_are_ambiguous() -> None:
    assert len(IN_THE_TABLE) == sum(len(step.branches) for step in STEPS)


def test_the_province_never_decides_before_the_city() -> None:
    before = {step.source for step in STEPS if step.role == "city" and step.action == "approve"}
    assert {step.source for step in STEPS if step.role == "province" and step.source in before} == set()


def test_every_status_can_be_reached_and_left_but_the_last_ones() -> None:
    reached = {step.target for step in STEPS} | {Status.FORM}
    assert reached == set(Status)
    assert set(Status) - {step.source for step in STEPS} == {Status.WITHDRAWN}


def test_every_rejection_needs_a_reason_and_nothing_else_does() -> None:
    rejections = {"reject_documents", "reject_portrait", "refused_outside"}
    assert {step.action for step in STEPS if step.needs_reason} == rejections
    assert all(step.needs_reason for step in STEPS if step.action.startswith("reject"))


def test_only_what_stands_in_the_table_is_found() -> None:
    assert {what: find(*what) for what in EVERYTHING if what in IN_THE_TABLE} == IN_THE_TABLE
    for what in set(EVERYTHING) - set(IN_THE_TABLE):
        with pytest.raises(Refused) as refused:
            find(*what)
        assert (refused.value.code, refused.value.status) == ("not_now", 409)


@pytest.mark.parametrize("branch", Branch)
def test_what_is_allowed_is_what_can_be_found(branch: Branch) -> None:
    for status, role in product(Status, ROLES):
        listed = allowed(status, role, branch)
        assert {(action, status, role, branch) for action in listed} == {
            key for key in IN_THE_TABLE if key[1:] == (status, role, branch)
        }


@pytest.mark.parametrize("branch", Branch)
def test_only_what_stands_in_the_table_changes_a_row(world: World, branch: Branch) -> None:
    fields = {} if branch == Branch.ID_CARD else {"id_type": "普通护照", "id_number": "E12345678"}
    world.desk(world.add(people.candidate(**fields)))
    one = the_application(world).id
    for action, status, role, own in EVERYTHING:
        if own == branch:
            expected = IN_THE_TABLE.get((action, status, role, branch))
            assert after(world, one, action, status, role) == (expected.target if expected else status)


def after(
    world: World, one: int, action: Action, status: Status, role: Role, reasons: Sequence[str] = ("unreadable",)
) -> str:
    """The status of an application in this one, once somebody has tried this; rolled back."""
    with world.dependencies.db.reading() as db:
        application = db.get_one(Application, one)
        application.status = status
        db.flush()
        db.info["audit_key"] = b"k"
        try:
            take_step(db, application, action, role, world.clock.now(), reasons=reasons)
        except Refused:
            db.expire(application)
        db.refresh(application)
        return application.status


@pytest.mark.parametrize("step", [step for step in STEPS if step.needs_reason], ids=lambda step: step.source)
@pytest.mark.parametrize("reasons", [(), ("",)])
def test_a_step_that_needs_a_reason_is_refused_without_one(world: World, step: Step, reasons: tuple[str, ...]) -> None:
    fields = {} if step.branches == (Branch.ID_CARD,) else {"id_type": "普通护照", "id_number": "E12345678"}
    world.desk(world.add(people.candidate(**fields)))
    one = the_application(world).id
    assert after(world, one, step.action, step.source, step.role, reasons) == step.source
    assert after(world, one, step.action, step.source, step.role, ("unreadable",)) == step.target


def diagram() -> str:
    """The table as a Mermaid diagram: one arrow a step, with who takes it and in which branch."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> FORM"]
    lines += [f"    {step.source} --> {step.target}: {step.action} ({_whose(step)})" for step in STEPS]
    return "\n".join([*lines, "    SUBMITTED --> [*]", "    WITHDRAWN --> [*]", "```"])


def _whose(step: Step) -> str:
    one_branch = len(step.branches) == 1
    return f"{step.role}, {step.branches[0].replace('_', ' ')}" if one_branch else step.role


def test_the_diagram_is_that_of_the_table() -> None:
    assert diagram() in (ROOT / "docs" / "states.md").read_text(), f"docs/states.md should have:\n{diagram()}"
