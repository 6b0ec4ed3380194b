"""The operator sees how the ways out fare, and has another try; on the page and on the command line."""

from __future__ import annotations

import pytest

from app.base.audit import AuditRow
from app.outbox.rules import STUCK, TRIED_FOR, Channel, Tried
from tests import people
from tests.outbox.receiver import Receiver
from tests.outbox.telling import FakeSender, deliver, deliverer, notices, told, way
from tests.visitors import Visitor
from tests.world import NewWorld, World


@pytest.fixture
def operator(world: World) -> Visitor:
    """Whoever runs the service, at a PC."""
    return world.visitor(world.add(people.operator()))


def given_up(world: World, number: int = 1) -> None:
    """So many notices that were tried for three days."""
    by = deliverer(world, {Channel.WEBHOOK: FakeSender(Tried("status:503", of_all=True))})
    for _each in range(number):
        told(world)
    world.clock.move(TRIED_FOR.total_seconds())
    deliver(world, by)


def test_without_settings_the_page_says_which_are_missing(new_world: NewWorld) -> None:
    world = new_world("alone")
    page = world.visitor(world.add(people.operator())).go("/operate/notices")
    assert "WEBHOOK_URL 和 WEBHOOK_KEY" in page.text
    assert "MAIL_URL" in page.text
    assert not page.has_button("发送测试")


def test_a_test_event_is_sent_and_seen(world: World, receiver: Receiver, operator: Visitor) -> None:
    page = operator.go("/operate/notices")
    assert "没有等待发出的通知" in page.text
    page = operator.press("发送测试")
    assert "测试已排队" in page.text
    assert "马上" in page.text
    deliver(world)
    assert receiver.kinds == ["test"]
    page = operator.go("/operate/notices")
    assert "最近送达" in page.text
    assert "正常" in page.text
    assert [row.action for row in world.rows(AuditRow)][-1] == "notice_tested"


def test_a_channel_that_fails_says_why_and_when_it_is_tried_again(
    world: World, receiver: Receiver, operator: Visitor
) -> None:
    receiver.behave = 503
    told(world)
    deliver(world)
    page = operator.go("/operate/notices")
    assert "连续失败 1 次：对方答复 HTTP 503" in page.text
    assert "下一次重试：2026-11-22 17:01" in page.text
    assert "马上" not in page.text
    receiver.behave = 200
    page = operator.press("现在就重试")
    assert "马上重试" in page.text
    assert deliver(world) == 1
    assert "正在重试" not in operator.go("/operate/notices").text


def test_the_front_page_says_since_when_nothing_arrives(world: World, operator: Visitor) -> None:
    told(world)
    assert "通知可以发出" in operator.go("/operate").text
    world.clock.move(STUCK.total_seconds() + 1)
    assert "最早的一条通知从 2026-11-22 17:00 起一直没有送到" in operator.go("/operate").text
    deliver(world)
    assert "通知可以发出" in operator.go("/operate").text


def test_what_was_given_up_is_tried_again(world: World, receiver: Receiver) -> None:
    given_up(world, 3)
    operator = world.visitor(world.add(people.operator()))
    page = operator.go("/operate/notices")
    assert page.text.count("再试一次") == 4
    page = operator.press("再试一次")
    assert "已重新排队：1 个" in page.text
    page = operator.press("全部再试一次")
    assert "已重新排队：2 个" in page.text
    assert deliver(world) == 3
    assert len(receiver.got) == 3
    assert [row.detail for row in world.rows(AuditRow, action="notices_retried")] == ["webhook 1", "webhook 2"]


def test_one_that_has_arrived_meanwhile_is_not_sent_again(world: World, receiver: Receiver, operator: Visitor) -> None:
    notice = told(world)
    deliver(world)
    operator.go("/operate/notices")
    operator.post("/operate/notices/again", {"channel": "webhook", "notice": notice.id})
    assert "没有这样的事件" in operator.go("/operate/notices").text
    assert deliver(world) == 0


def test_a_channel_that_is_not_set_up_takes_no_test(world: World, operator: Visitor) -> None:
    operator.go("/operate/notices")
    answer = operator.post("/operate/notices/test", {"channel": "mail"})
    assert answer.status_code == 409
    assert "还没有设置" in operator.page.text


def test_the_command_lists_and_tries_again(world: World, receiver: Receiver) -> None:
    run = world.app.test_cli_runner().invoke
    quiet = run(args=["outbox", "list"])
    assert (quiet.exit_code, quiet.output.count("0 waiting")) == (0, 2)
    given_up(world, 2)
    listed = run(args=["outbox", "list"])
    assert listed.exit_code == 1
    assert "2 given_up" in listed.output
    assert "failing: status:503 (1 times), nothing is sent before 2026-11-25T17:01+08:00" in listed.output
    assert listed.output.count("after") == 2
    assert run(args=["outbox", "retry", "x"]).exit_code == 2
    number = next(line.split()[0] for line in listed.output.splitlines() if "after" in line)
    assert run(args=["outbox", "retry", number]).output == "outbox: 1 wait again\n"
    assert run(args=["outbox", "retry"]).output == "outbox: 1 wait again\n"
    assert deliver(world) == len(receiver.got) == 2
    assert way(world).failures == 0
    assert {state for _kind, state, *_rest in notices(world)} == {"sent"}


def test_what_was_given_up_need_not_be_sent(world: World, receiver: Receiver) -> None:
    given_up(world, 3)
    operator = world.visitor(world.add(people.operator()))
    assert "3 条通知多次没有送到" in operator.go("/operate").text
    operator.go("/operate/notices")
    assert "不再发送：1 个" in operator.press("不再发送").text
    assert "不再发送：2 个" in operator.press("全部不再发送").text
    assert "通知可以发出" in operator.go("/operate").text
    page = operator.go("/operate/notices")
    assert not page.has_button("全部再试一次"), "what was dropped comes back one by one"
    assert "已重新排队：1 个" in operator.press("再试一次").text
    assert deliver(world) == len(receiver.got) == 1
    assert sorted(state for _kind, state, *_rest in notices(world)) == ["dropped", "dropped", "sent"]
    assert [row.detail[:9] for row in world.rows(AuditRow, action="notices_dropped")] == ["webhook 1", "webhook 2"]


def test_what_waits_is_dropped_only_where_nothing_is_sent(world: World, operator: Visitor, new_world: NewWorld) -> None:
    notice = told(world)
    assert not operator.go("/operate/notices").has_button("不再发送")
    operator.post("/operate/notices/drop", {"channel": "webhook", "notice": notice.id})
    assert "没有这样的事件" in operator.go("/operate/notices").text
    later = new_world()
    visitor = later.visitor(later.add(people.operator()))
    page = visitor.go("/operate/notices")
    assert page.has_button("不再发送")
    assert not page.has_button("再试一次")
    assert "不再发送：1 个" in visitor.press("不再发送").text


@pytest.mark.parametrize("number", ["0", "-1", "9" * 20])
@pytest.mark.parametrize("act", ["again", "drop"])
def test_a_number_that_no_notice_has(world: World, operator: Visitor, act: str, number: str) -> None:
    told(world)
    operator.go("/operate/notices")
    operator.post(f"/operate/notices/{act}", {"channel": "webhook", "notice": number})
    assert "没有这样的事件" in operator.go("/operate/notices").text


def test_the_command_drops(world: World, receiver: Receiver) -> None:
    given_up(world, 2)
    run = world.app.test_cli_runner().invoke
    assert run(args=["outbox", "drop"]).exit_code == run(args=["outbox", "drop", "9" * 20]).exit_code == 2
    assert run(args=["outbox", "drop", "all"]).output == "outbox: 2 dropped\n"
    assert run(args=["outbox", "list"]).exit_code == 0
    assert deliver(world) == len(receiver.got) == 0
