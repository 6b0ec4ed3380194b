"""Counting: everything once, whoever counts and however often; many rows in the process of long work."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta

import pytest

from app.base.unavailable import DatabaseBusy
from app.jobs.model import Job
from app.jobs.runner import Runner
from app.statistics import page_views
from app.statistics.actions import KIND, add, count_next
from app.statistics.counting_queries import are_left, pictures
from app.statistics.jobs import catch_up
from app.statistics.model import Tally, TallyMark
from app.statistics.tally_rules import PICTURES, SETTLED
from tests.statistics.history import History, at
from tests.statistics.reading import table
from tests.visitors import Visitor
from tests.world import World

PAGE = "/operate/statistics?part=times"


def sums(world: World) -> Counter[tuple[str, str, int]]:
    """Over all days and offices."""
    return sum((Counter({(row.what, row.name, row.value): row.times}) for row in world.rows(Tally)), Counter())


def pictures_in(world: World) -> int:
    return sum(times for (what, _name, _value), times in sums(world).items() if what == PICTURES)


def count_all(world: World, most: int) -> int:
    steps = 0
    while count_next(world.dependencies.db, world.clock.now(), most):
        steps += 1
    return steps


@pytest.mark.usefixtures("history")
def test_in_many_steps_it_is_the_same(world: World) -> None:
    assert count_all(world, 1) > 10
    in_steps = sums(world)
    with world.dependencies.db.writing() as db:
        db.query(Tally).delete()
        db.query(TallyMark).update({"upto": 0})
    assert count_all(world, 1000) == 1
    assert sums(world) == in_steps
    assert in_steps["scan", "", 70] == 1


@pytest.mark.usefixtures("history")
def test_two_who_count_the_same_count_it_once(world: World) -> None:
    with world.dependencies.db.reading() as db:
        found = pictures(db, world.clock.now(), 100)
    added = []
    for _counter in range(2):
        with world.dependencies.db.writing() as db:
            added.append(add(db, found))
    assert added == [True, False]
    assert pictures_in(world) == 6


@pytest.mark.usefixtures("history")
def test_at_the_same_time_too(world: World) -> None:
    counters = [threading.Thread(target=count_all, args=(world, 2)) for _ in range(4)]
    for each in counters:
        each.start()
    for each in counters:
        each.join()
    assert pictures_in(world) == 6


def test_what_may_still_be_undone_is_counted_later(world: World, history: History, operator: Visitor) -> None:
    operator.go(PAGE)
    one = history.applied(world.clock.now(), history.guangzhou)
    history.sent(history.paired(one, world.clock.now()), world.clock.now())
    page = operator.go(PAGE)
    assert table(page, "scan")["用手机扫码"][0] == "4"
    assert "正在统计" not in page.text
    world.clock.move(SETTLED.total_seconds() + 1)
    assert table(operator.go(PAGE), "scan")["用手机扫码"][0] == "5"
    assert table(operator.go(PAGE), "scan")["用手机扫码"][0] == "5"


@pytest.mark.usefixtures("history")
def test_what_is_too_much_for_a_page_is_asked_of_the_process_of_long_work(
    world: World, operator: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_views, "FEW", 1)
    assert "正在统计" in operator.go(PAGE).text
    assert "正在统计" in operator.go(PAGE).text
    [job] = world.rows(Job)
    assert (job.kind, job.asked_by) == (KIND, None)
    assert Runner(world.dependencies.db, world.clock, {KIND: catch_up}).run_next()
    assert "正在统计" not in operator.go(PAGE).text
    assert table(operator.page, "scan") == {"用手机扫码": ["4", "70", "150"], "在本机拍照": ["1", *["少于 3 人"] * 2]}
    with world.dependencies.db.reading() as db:
        assert not are_left(db, world.clock.now())


@pytest.mark.usefixtures("history")
def test_while_the_database_cannot_be_written_the_page_is_there(
    operator: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_arguments: object) -> int:
        raise DatabaseBusy("somebody writes")

    monkeypatch.setattr(page_views, "count_next", busy)
    page = operator.go(PAGE)
    assert "正在统计" in page.text
    assert "没有收到照片" in page.text


def test_a_case_that_moved_to_another_city_is_counted_where_it_was_then(
    world: World, history: History, operator: Visitor
) -> None:
    one = history.applied(at(20), history.guangzhou)
    history.sent(history.paired(one, at(20)), at(20, 12, 0, 30))
    operator.go(PAGE)
    with world.dependencies.db.writing() as db:
        db.merge(one).office_id = history.shenzhen.id
    assert table(operator.go(f"{PAGE}&span=7&office={history.guangzhou.id}"), "scan")["用手机扫码"][0] == "1"
    assert timedelta(minutes=1) < SETTLED, "an act can be undone for a minute"
