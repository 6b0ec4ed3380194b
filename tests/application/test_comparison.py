"""The comparison with the population register: three outcomes, and an outage is never a mismatch."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

import pytest

from app.application.comparison_actions import LONGEST_WAIT, RegisterComparison, wait_after
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.register.rules import Outcome, Person
from tests import procedure, records
from tests.procedure import FakeRegister, the_application
from tests.together import at_once
from tests.visitors import Desk
from tests.world import NewWorld, World

DOWN_TWICE = (None, None, Outcome.MATCH)


class Asked(Protocol):
    """Makes somebody who has applied while the register answers like this."""

    def __call__(self, *answers: Outcome | None) -> tuple[Desk, FakeRegister, World]: ...


@pytest.fixture
def asked(new_world: NewWorld) -> Asked:
    """Makes somebody who has applied while the register answers like this: their PC, the register, the world."""

    def make(*answers: Outcome | None) -> tuple[Desk, FakeRegister, World]:
        register = FakeRegister(*answers)
        world = new_world(register=register)
        procedure.open_batch(world)
        procedure.open_offices(world)
        desk = world.newcomer(records.ready(world))
        desk.press("申请")
        return desk, register, world

    return make


def actions(world: World) -> list[str]:
    return [row.action for row in world.rows(AuditRow)]


def test_a_match_goes_on_to_the_camera(asked: Asked) -> None:
    desk, register, world = asked(Outcome.MATCH)
    assert "请确认学生信息" in desk.page.text
    assert actions(world) == ["apply", "match"]
    [person] = register.asked
    assert (person.name, person.sex, person.born_on.isoformat(), person.id_number) == (
        "陈思远",
        "女",
        "1999-04-12",
        "44010419990412000X",
    )


def test_a_mismatch_asks_for_documents(asked: Asked) -> None:
    _desk, _register, world = asked(Outcome.MISMATCH)
    assert the_application(world).status == Status.DOCUMENTS
    assert actions(world) == ["apply", "mismatch"]


def test_an_outage_is_told_as_what_it_is(asked: Asked) -> None:
    desk, _register, world = asked(None)
    page = desk.go("/apply")
    assert "正在与公安人口库比对" in page.text
    assert "公安人口库暂时无法连接，系统会自动重试，不影响您的申请" in page.text
    assert "11-22 17:00" in page.text
    assert "广州市考办" in page.text
    assert not page.has_button("申请")
    assert page.has_button("撤回申请")
    assert the_application(world).status == Status.REGISTER_CHECK
    assert actions(world) == ["apply", "register_unreachable"]


def test_it_is_tried_again_by_itself_until_the_register_answers(asked: Asked) -> None:
    _desk, register, world = asked(*DOWN_TWICE)
    checks = world.dependencies.register_comparison
    assert checks.check_due() == (0, 0)
    world.clock.move(15)
    assert checks.check_due() == (1, 0)
    world.clock.move(15)
    assert checks.check_due() == (0, 0)
    world.clock.move(15)
    assert checks.check_due() == (1, 1)
    row = the_application(world)
    assert (row.status, row.register_tries, row.register_next_at) == (Status.CAPTURE, 2, None)
    assert actions(world) == ["apply", "register_unreachable", "register_unreachable", "match"]
    assert len(register.asked) == 3


def test_the_waiting_page_tries_again_when_the_time_has_come(asked: Asked) -> None:
    desk, register, world = asked(*DOWN_TWICE)
    desk.get("/apply/panel")
    assert len(register.asked) == 1
    world.clock.move(15)
    assert "公安人口库暂时无法连接" in desk.go("/apply/panel").text
    world.clock.move(30)
    assert desk.go("/apply/panel").has_button("申请")


def test_pages_look_again_when_it_moves_on(asked: Asked) -> None:
    _desk, _register, world = asked(*DOWN_TWICE)
    before = the_application(world).version
    rung: list[dict[int, int]] = []
    world.dependencies.db.after_commit.append(lambda told: rung.append(dict(told.get("bells", {}))))
    world.clock.move(hours=1)
    world.dependencies.register_comparison.check_due()
    world.clock.move(hours=1)
    world.dependencies.register_comparison.check_due()
    application = the_application(world)
    assert application.version == before + 2
    assert {application.id: application.version} in rung


def test_nobody_is_asked_for_by_two_at_once(asked: Asked) -> None:
    _desk, register, world = asked(None, Outcome.MATCH)
    world.clock.move(15)
    moved = at_once(*[lambda: world.dependencies.register_comparison.check_due()[1]] * 6)
    assert sum(moved) == 1
    assert len(register.asked) == 2
    assert actions(world).count("match") == 1


def test_a_try_that_never_came_back_is_followed_by_another(asked: Asked) -> None:
    _desk, _register, world = asked(None, Outcome.MATCH)

    class Dies(FakeRegister):
        def compare(self, person: Person) -> Outcome:
            raise SystemExit

    dying = RegisterComparison(world.dependencies.db, Dies(None), world.clock)
    world.clock.move(15)
    with pytest.raises(SystemExit):
        dying.check_due()
    assert world.dependencies.register_comparison.check_due() == (0, 0)
    world.clock.move(30)
    assert world.dependencies.register_comparison.check_due() == (1, 1)


def test_an_answer_that_comes_after_the_withdrawal_changes_nothing(asked: Asked) -> None:
    desk, _register, world = asked(None)

    class Slow(FakeRegister):
        def compare(self, person: Person) -> Outcome:
            desk.post("/apply/withdraw")
            return Outcome.MATCH

    world.clock.move(15)
    assert RegisterComparison(world.dependencies.db, Slow(None), world.clock).check_due() == (1, 0)
    assert the_application(world).status == Status.WITHDRAWN


def test_the_register_is_not_asked_inside_a_transaction(asked: Asked) -> None:
    _desk, _register, world = asked(None)

    class Writes(FakeRegister):
        def compare(self, person: Person) -> Outcome:
            with world.dependencies.db.writing():
                return Outcome.MATCH

    world.clock.move(15)
    assert RegisterComparison(world.dependencies.db, Writes(None), world.clock).check_due() == (1, 1)


def test_an_operator_can_have_everybody_asked_now(asked: Asked) -> None:
    _desk, _register, world = asked(None, Outcome.MATCH)
    told = world.app.test_cli_runner().invoke(args=["retry-register"], catch_exceptions=False).output
    assert told == "register: 1 asked, 1 moved on, 0 still waiting\n"
    again = world.app.test_cli_runner().invoke(args=["retry-register"], catch_exceptions=False).output
    assert again == "register: 0 asked, 0 moved on, 0 still waiting\n"


def test_each_try_waits_twice_as_long_up_to_half_an_hour() -> None:
    waits = [wait_after(tries) for tries in range(1, 100)]
    assert waits[:4] == [timedelta(seconds=seconds) for seconds in (15, 30, 60, 120)]
    assert max(waits) == waits[-1] == LONGEST_WAIT
