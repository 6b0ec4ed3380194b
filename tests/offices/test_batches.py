"""The batches as an operator keeps them: times in Shanghai, closing exclusive, and what a change means for whom."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.application.model import Application, Batch
from app.base.audit import AuditRow
from app.base.clock import SHANGHAI
from tests import people, procedure, records
from tests.offices.sending import many
from tests.visitors import Visitor
from tests.world import FakeClock, World

UNIVERSITY = "619 广东外语外贸大学"


def make(operator: Visitor, month: str, opens: str, closes: str, *schools: str) -> None:
    """As far as 这意味着什么."""
    operator.go("/operate/batches/new")
    scope = "some" if schools else "all"
    fields = [("month", month), ("opens", opens), ("closes", closes), ("scope", scope)]
    operator.post("/operate/batches/new", many([*fields, *(("university", each) for each in schools)]))


def months(operator: Visitor) -> list[str | None]:
    """What the form for a new one offers."""
    return [each.get("value") for each in operator.go("/operate/batches/new").all("option")][1:]


def acts(world: World) -> list[tuple[str, str]]:
    return [(row.action, row.detail) for row in world.rows(AuditRow, application_id=None)]


def test_without_any_the_list_says_what_to_do(operator: Visitor) -> None:
    text = operator.go("/operate/batches").text
    assert "还没有批次。请新建一个" in text
    assert "没有开放或计划中的批次" in text


def test_one_is_made_to_the_minute_in_shanghai(world: World, operator: Visitor) -> None:
    make(operator, "202706", "2026-12-01T00:00", "2027-06-01T00:00")
    assert "2027-06：考生从 2026-12-01 00:00 起可以申请，到 2027-05-31 23:59 为止（含）" in operator.page.text
    assert world.rows(Batch) == []
    operator.press("保存")
    [batch] = world.rows(Batch)
    assert batch.opens_at == datetime(2026, 12, 1, tzinfo=SHANGHAI)
    assert batch.closes_at == datetime(2027, 6, 1, tzinfo=SHANGHAI)
    assert "2027 年 6 月" in operator.page.text
    assert acts(world) == [("batch_made", "202706 2026-12-01T00:00 2027-06-01T00:00 *")]


def test_one_that_opens_at_once_says_for_how_many(world: World, operator: Visitor) -> None:
    world.add(people.candidate())
    make(operator, "202612", "2026-06-01T00:00", "2026-12-01T00:00")
    assert "保存后立刻开放：还没有申请的 1 位考生马上可以申请" in operator.page.text


def test_closing_earlier_says_for_how_many_and_that_those_who_have_applied_can_finish(
    world: World, operator: Visitor
) -> None:
    procedure.open_batch(world)
    world.newcomer(records.ready(world)).press("申请")
    for _n in range(2):
        world.add(people.candidate())
    operator.go("/operate/batches/202612")
    operator.press("下一步", closes="2026-11-30T18:00")
    text = operator.page.text
    assert "截止提前了（原来是 2026-12-22 16:59）：还没有申请的 2 位考生要在新的时间之前申请" in text
    assert "已经申请、还没有提交的 1 位考生不受影响" in text
    operator.press("保存")
    [batch] = world.rows(Batch)
    assert (batch.closes_at, batch.version) == (datetime(2026, 11, 30, 18, tzinfo=SHANGHAI), 1)
    [(action, detail)] = acts(world)
    assert (action, detail.endswith("202612 2026-10-23T17:00 2026-11-30T18:00 *")) == ("batch_changed", True)


def test_closing_at_once_is_said_loudly(world: World, operator: Visitor) -> None:
    procedure.open_batch(world)
    operator.go("/operate/batches/202612")
    assert "保存后立刻停止申请" in operator.press("下一步", closes="2026-11-01T00:00").text


def test_a_batch_for_some_schools_says_who_cannot_choose_it_any_more(world: World, operator: Visitor) -> None:
    procedure.open_batch(world)
    world.add(people.candidate())
    world.add(people.candidate(programme_university="601 中山大学"))
    operator.go("/operate/batches/202612")
    fields = [("opens", "2026-10-23T17:00"), ("closes", "2026-12-22T17:00"), ("version", "0"), ("scope", "some")]
    operator.post("/operate/batches/202612", many([*fields, ("university", UNIVERSITY)]))
    assert f"这一批只面向：{UNIVERSITY}。其他学校还没有申请的 1 位考生不能再选这一批" in operator.page.text
    assert "每个批次都只面向部分学校" in operator.page.text
    operator.press("保存")
    assert world.rows(Batch)[0].universities == [UNIVERSITY]
    assert UNIVERSITY in operator.page.text


def test_whom_a_new_one_is_for_is_read_before_it_is_saved(operator: Visitor) -> None:
    make(operator, "202706", "2026-12-01T00:00", "2027-06-01T00:00")
    assert "面向所有学校。" in operator.page.text
    make(operator, "202706", "2026-12-01T00:00", "2027-06-01T00:00", UNIVERSITY)
    assert f"只面向：{UNIVERSITY}。" in operator.page.text


def test_schools_that_are_ticked_beside_all_schools_are_said_to_be_of_no_use(operator: Visitor) -> None:
    fields = [("month", "202706"), ("opens", "2026-12-01T00:00"), ("closes", "2027-06-01T00:00"), ("scope", "all")]
    operator.post("/operate/batches/new", many([*fields, ("university", UNIVERSITY)]))
    assert "所以勾选的学校不起作用" in operator.page.text


def test_overlaps_and_gaps_are_told_before_and_after(operator: Visitor) -> None:
    make(operator, "202612", "2026-06-01T00:00", "2026-12-01T00:00")
    operator.press("保存")
    make(operator, "202706", "2026-11-25T00:00", "2027-05-01T00:00")
    overlap = "2026-12 和 2027-06 两个批次从 2026-11-25 00:00 到 2026-12-01 00:00 同时开放"
    assert overlap in operator.page.text
    assert overlap in operator.press("保存").text
    make(operator, "202712", "2027-06-01T00:00", "2027-12-01T00:00")
    assert overlap not in operator.page.text, "it was there before"
    assert "从 2027-05-01 00:00 到 2027-06-01 00:00 没有开放的批次" in operator.page.text


@pytest.mark.parametrize(
    ("month", "opens", "closes", "words"),
    [
        ("202612", "2026-12-01T00:00", "2026-12-01T00:00", "截止要在开放之后"),
        ("202612", "", "2026-12-01T00:00", "请填写开放的日期和时间"),
        ("202612", "2026-12-01T00:00", "0001-01-01T00:00", "请填写截止的日期和时间"),
        ("202613", "2026-12-01T00:00", "2027-01-01T00:00", "请选择毕业年月"),
    ],
)
def test_mistakes_are_told_at_their_fields(
    world: World, operator: Visitor, month: str, opens: str, closes: str, words: str
) -> None:
    make(operator, month, opens, closes)
    assert words in operator.page.text
    assert world.rows(Batch) == []


def test_a_form_that_comes_back_says_so_above_and_begins_at_its_first_mistake(operator: Visitor) -> None:
    make(operator, "202612", "2026-12-01T00:00", "")
    assert "还没有保存。请改正下面标红的内容" in operator.page.text
    assert [each.get("id") for each in operator.page.all("input") if each.get("autofocus") is not None] == ["closes"]


def test_around_new_year_the_december_that_is_over_can_still_have_one(
    world: World, operator: Visitor, clock: FakeClock
) -> None:
    assert "202512" not in months(operator)
    clock.move(days=45)
    operator.log_in(world.add(people.operator()))
    assert months(operator)[:2] == ["202612", "202706"]


def test_some_schools_are_at_least_one(operator: Visitor) -> None:
    fields = [("month", "202612"), ("opens", "2026-12-01T00:00"), ("closes", "2027-01-01T00:00"), ("scope", "some")]
    operator.post("/operate/batches/new", dict(fields))
    assert "请至少勾选一所学校" in operator.page.text


def test_two_operators_do_not_overwrite_each_other_unknowingly(world: World, operator: Visitor, other: Visitor) -> None:
    procedure.open_batch(world)
    for each, closes in ((operator, "2026-12-10T00:00"), (other, "2026-12-20T00:00")):
        each.go("/operate/batches/202612")
        each.press("下一步", closes=closes)
    operator.press("保存")
    assert "刚才有另一位管理员改过" in other.press("保存").text
    assert "2026-12-10 00:00" in other.page.text, "what the other has saved"
    assert world.rows(Batch)[0].closes_at == datetime(2026, 12, 10, tzinfo=SHANGHAI)


def test_two_new_ones_of_one_month_are_one(world: World, operator: Visitor, other: Visitor) -> None:
    for each in (operator, other):
        make(each, "202706", "2026-12-01T00:00", "2027-06-01T00:00")
    for each in (operator, other):
        each.press("保存")
    assert "已经有批次的年月不能再建" in other.page.text
    assert len(world.rows(Batch)) == 1


def test_one_for_which_nobody_has_applied_can_be_deleted(world: World, operator: Visitor, clock: FakeClock) -> None:
    procedure.open_batch(world)
    operator.go("/operate/batches/202612")
    operator.press("删除批次")
    operator.press("确定删除")
    assert world.rows(Batch) == []
    assert acts(world) == [("batch_deleted", "202612")]


def test_one_for_which_somebody_has_cannot(world: World, operator: Visitor) -> None:
    procedure.open_batch(world)
    world.newcomer(records.ready(world)).press("申请")
    assert len(world.rows(Application)) == 1
    assert not operator.go("/operate/batches/202612").has_button("删除批次")
    operator.post("/operate/batches/202612/remove", {"confirmed": "yes", "version": 0})
    assert "已经有考生申请了这个批次" in operator.go("/operate/batches/202612").text
    assert len(world.rows(Batch)) == 1
