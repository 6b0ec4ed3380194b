"""Who sees whose figures, and which days can be asked for."""

from __future__ import annotations

import pytest

from app.identity.model import Office
from tests import people
from tests.review.waiting import reviewer
from tests.statistics.history import History
from tests.statistics.reading import sheets, table
from tests.visitors import Visitor
from tests.world import World

HOME = "/operate/statistics"
NOT_DAYS = "起止日期不对"


def of(world: World, office: Office | None) -> Visitor:
    return world.visitor(reviewer(world, office))


def test_a_city_sees_its_own_alone(world: World, history: History) -> None:
    officer = of(world, history.shenzhen)
    page = officer.go(officer.go("/review").link("统计"))
    assert list(table(page, "standing")) == ["深圳市考办"]
    assert not page.all("select"), "there is nothing to choose from"
    page = officer.go(f"/review/statistics?office={history.guangzhou.id}&part=times")
    assert list(table(page, "review")) == ["深圳市考办"]
    for part in ("cases", "days", "refusals", "times"):
        assert "广州市" not in officer.go(f"/review/statistics?part={part}&office={history.guangzhou.id}").text
    book = officer.get(f"/review/statistics/book.xlsx?office={history.guangzhou.id}").data
    assert "广州市考办" not in str(sheets(book))


def test_the_province_sees_all_or_one(world: World, history: History) -> None:
    officer = of(world, history.province)
    assert list(table(officer.go("/review/statistics"), "standing")) == [
        "广州市考办",
        "深圳市考办",
        "还没有考办",
        "合计",
    ]
    page = officer.press("查看", part="cases", span="batch", office=str(history.guangzhou.id))
    assert list(table(page, "standing")) == ["广州市考办"]


def test_who_has_no_office_is_told_so(world: World) -> None:
    officer = of(world, None)
    assert "还没有分配考办" in officer.go("/review/statistics").text
    assert officer.get("/review/statistics/book.xlsx").status_code == 200


def test_the_menu_leads_here_and_the_choice_is_kept(history: History, operator: Visitor) -> None:
    page = operator.go(operator.go("/operate").link("统计"))
    page = operator.go(page.link("最近 7 天"))
    page = operator.press("查看", office=str(history.guangzhou.id), **{"from": "2026-11-03", "to": "2026-11-05"})
    assert "2026-11-03 至 2026-11-05" in page.text
    page = operator.go(page.link("用时和等待"))
    assert "广州市考办 2026-11-03 至 2026-11-05" in page.text
    page = operator.go(page.link("本批次"))
    assert "广州市考办 2026-11-01 至 2026-11-22 （2026 年 12 月批次）" in page.text


@pytest.mark.usefixtures("history")
def test_the_days_that_were_shown_are_those_of_the_span(operator: Visitor) -> None:
    page = operator.go(f"{HOME}?span=7&from=2026-11-16&to=2026-11-22&office=")
    assert next(link for link in page.all("a") if link.get("aria-current") == "true").text == "最近 7 天"


@pytest.mark.parametrize(
    "query",
    [
        "from=x&to=2026-11-02",
        "from=2026-11-03&to=2026-11-02",
        "from=2026-11-03",
        "from=2024-11-03&to=2026-11-02",
        "from=0001-01-01&to=0001-01-02",
        "from=9999-12-31&to=9999-12-31",
    ],
)
def test_days_that_cannot_be_are_told(operator: Visitor, query: str) -> None:
    page = operator.go(f"{HOME}?span=days&{query}")
    assert NOT_DAYS in page.text
    assert "2026-10-24 至 2026-11-22" in page.text


@pytest.mark.parametrize(
    "query", ["part=x", "span=x", "span=days", "office=x", "office=-1", "office=99999999999999999999"]
)
def test_what_is_not_understood_is_left_out(operator: Visitor, query: str) -> None:
    page = operator.go(f"{HOME}?{query}")
    assert NOT_DAYS not in page.text
    assert "全部考办" in page.text


def test_without_a_batch_it_is_the_last_thirty_days(operator: Visitor) -> None:
    page = operator.go(HOME)
    assert "2026-10-24 至 2026-11-22" in page.text
    assert "本批次" not in page.text


def test_no_page_names_a_person(world: World, history: History, operator: Visitor) -> None:
    names = {"陈思远", "44010419990412000X"} | {each.exam_number for each in world.rows(type(people.candidate()))}
    for part in ("cases", "days", "refusals", "times"):
        page = operator.go(f"{HOME}?part={part}&office={history.guangzhou.id}")
        assert not [name for name in names if name in page.html]
