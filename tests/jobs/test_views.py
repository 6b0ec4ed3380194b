"""The operator sees how far long work is, and stops it."""

from __future__ import annotations

import pytest

from app.jobs import actions
from app.jobs.model import Job
from app.jobs.queries import job_of
from app.jobs.rules import FAILED, JobState
from tests import people
from tests.page import words
from tests.visitors import Visitor
from tests.world import World


@pytest.fixture
def operator(world: World) -> Visitor:
    return world.visitor(world.add(people.operator()))


def asked(world: World) -> Job:
    with world.dependencies.db.writing() as db:
        return actions.ask(db, "count", {}, None, world.clock.now())


def begun(world: World) -> Job:
    with world.dependencies.db.writing() as db:
        job = actions.begin_next(db, world.clock.now())
        assert job
        return job


def test_what_waits_and_what_runs_says_how_far_it_is(world: World, operator: Visitor) -> None:
    address = f"/operate/jobs/{asked(world).id}/panel"
    assert "等待处理" in operator.go(address).text
    job = begun(world)
    with world.dependencies.db.writing() as db:
        actions.beat(db, job, "总览", 30, 120, world.clock.now())
    page = operator.go(address)
    assert "正在处理" in page.text
    assert "30 / 120" in page.text
    [bar] = page.all("progress")
    assert bar.get("value") == "25"


def test_the_operator_stops_it_once(world: World, operator: Visitor) -> None:
    job = asked(world)
    operator.go(f"/operate/jobs/{job.id}/panel")
    operator.press("停止")
    page = operator.go(f"/operate/jobs/{job.id}/panel")
    assert "已停止" in page.text
    assert page.all("button") == []


def test_a_failure_is_told_with_its_number_in_both_languages(world: World, operator: Visitor) -> None:
    asked(world)
    job = begun(world)
    with world.dependencies.db.writing() as db:
        actions.fail(db, job, FAILED, {"number": "12345678"}, world.clock.now())
    address = f"/operate/jobs/{job.id}/panel"
    assert "编号 12345678" in operator.go(address).text
    operator.go("/operate")
    operator.press("English")
    assert "number 12345678" in operator.go(address).text
    with world.dependencies.db.reading() as db:
        row = job_of(db, job.id, "count")
        assert row
        assert row.state == JobState.FAILED


def test_a_job_that_is_not_there_is_told(operator: Visitor) -> None:
    assert operator.get("/operate/jobs/99/panel").status_code == 404
    assert "没有这项工作" in operator.page.text


def test_the_list_names_each_by_its_kind_and_says_why_it_was_not_done(world: World, operator: Visitor) -> None:
    assert "还没有后台工作" in operator.go("/operate/jobs").text
    with world.dependencies.db.writing() as db:
        actions.ask(db, "import", {"file": 3}, None, world.clock.now())
    job = begun(world)
    with world.dependencies.db.writing() as db:
        actions.fail(db, job, FAILED, {"number": "12345678"}, world.clock.now())
        actions.ask(db, "export", {"export": 7}, None, world.clock.now())
    page = operator.go("/operate/jobs")
    assert [link.get("href") for row in page.all("tr") for link in row.iter("a")] == [
        "/operate/exports/7",
        "/operate/imports/3",
    ]
    rows = [" ".join(words(cell) for cell in row.iter("td")) for row in page.all("tr")][1:]
    assert rows[0].startswith("等待处理 导出 工作编号 2 系统 ")
    why = "这项工作出了问题，没有留下任何改动。原因已写入服务器日志，编号 12345678。"
    assert rows[1].startswith(f"没有完成 导入 工作编号 1 {why} 系统 ")


def test_the_front_page_tells_for_a_day_of_what_was_not_done(world: World) -> None:
    operator = world.add(people.operator())
    asked(world)
    job = begun(world)
    with world.dependencies.db.writing() as db:
        actions.fail(db, job, FAILED, {"number": "12345678"}, world.clock.now())
    page = world.visitor(operator).go("/operate")
    [link] = [each for each in page.all("a") if words(each) == "一天内没有完成的工作"]
    assert link.get("href") == "/operate/jobs"
    world.clock.move(days=1, minutes=1)
    assert "没有完成的工作" not in world.visitor(operator).go("/operate").text
