"""City × day × status and city × day × event: every figure as counted by hand in `history`."""

from __future__ import annotations

from collections import defaultdict

import pytest

from app.application.workflow import Status
from tests.review.waiting import reviewer
from tests.statistics.history import History, at
from tests.statistics.reading import lines, sheets, table, text_of
from tests.visitors import Visitor
from tests.world import World

PAGE = "/operate/statistics?part=days"
BOOK = "/operate/statistics/book.xlsx"
LAST = "最后 7 天"
#      day           office      applied compared papers photo city province back approved submitted withdrawn
STANDING = [
    ["2026-11-08", "深圳市考办", 1, 0, 0, 0, 0, 1, 0, 0, 0, 0],
    ["2026-11-07", "广州市考办", 1, 0, 0, 1, 0, 0, 0, 0, 0, 0],
    ["2026-11-05", "深圳市考办", 1, 0, 0, 0, 1, 0, 0, 0, 0, 0],
    ["2026-11-04", "深圳市考办", 1, 0, 0, 0, 0, 0, 1, 0, 0, 0],
    ["2026-11-03", "广州市考办", 1, 0, 0, 0, 0, 0, 0, 1, 0, 0],
    ["2026-11-03", "还没有考办", 1, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    ["2026-11-02", "广州市考办", 2, 0, 0, 0, 0, 0, 1, 0, 1, 0],
    ["2026-11-01", "广州市考办", 1, 0, 0, 0, 0, 0, 0, 0, 0, 1],
]
#      day           office      applied portrait documents decided back returned submitted withdrawn
HAPPENED = [
    ["2026-11-10", "深圳市考办", 0, 0, 0, 1, 0, 0, 0, 0],
    ["2026-11-09", "深圳市考办", 0, 0, 1, 0, 0, 0, 0, 0],
    ["2026-11-08", "深圳市考办", 1, 0, 0, 0, 0, 0, 0, 0],
    ["2026-11-07", "广州市考办", 1, 0, 0, 0, 0, 0, 0, 0],
    ["2026-11-06", "深圳市考办", 0, 1, 0, 0, 0, 0, 0, 0],
    ["2026-11-06", "省考办", 0, 0, 0, 1, 1, 0, 0, 0],
    ["2026-11-05", "广州市考办", 0, 1, 0, 1, 0, 0, 0, 0],
    ["2026-11-05", "深圳市考办", 1, 0, 0, 0, 0, 0, 0, 0],
    ["2026-11-04", "广州市考办", 0, 0, 0, 0, 0, 0, 1, 0],
    ["2026-11-04", "深圳市考办", 1, 1, 1, 1, 0, 0, 0, 0],
    ["2026-11-03", "广州市考办", 1, 2, 0, 3, 2, 0, 0, 0],
    ["2026-11-03", "还没有考办", 1, 0, 0, 0, 0, 0, 0, 0],
    ["2026-11-02", "广州市考办", 2, 1, 0, 0, 0, 0, 0, 1],
    ["2026-11-01", "广州市考办", 1, 0, 0, 0, 0, 0, 0, 0],
]


def as_read(rows: list[list[object]]) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in rows]


@pytest.mark.usefixtures("history")
def test_each_city_on_each_day(operator: Visitor) -> None:
    page = operator.go(f"{PAGE}&span=days&from=2026-11-04&to=2026-11-10")
    assert lines(page, "city-standing") == as_read(STANDING[:4])
    assert lines(page, "city-days") == as_read(HAPPENED[:10])
    assert LAST not in page.text, "there are seven"


def test_of_a_long_time_the_last_seven_days_are_shown(history: History, operator: Visitor) -> None:
    page = operator.go(f"{PAGE}&span=days&from=2026-10-01&to=2026-11-09")
    assert lines(page, "city-standing") == as_read(STANDING[:6])
    assert lines(page, "city-days") == as_read(HAPPENED[1:12])
    assert all(f"{LAST}。更早的" in text_of(page, name) for name in ("city-standing", "city-days"))
    page = operator.go(operator.go("/operate/statistics").link("各市每天"))
    assert all(f"{LAST}没有数字。更早的" in text_of(page, name) for name in ("city-standing", "city-days"))
    history.applied(at(22, 9), history.shenzhen)
    assert len(lines(operator.go(PAGE), "city-days")) == 1


@pytest.mark.usefixtures("history")
def test_the_workbook_has_every_day(operator: Visitor) -> None:
    found = sheets(operator.get(BOOK).data)
    assert found["各市每日申请"][3 : 3 + len(STANDING)] == STANDING
    assert found["各市每日办理"][3 : 3 + len(HAPPENED)] == HAPPENED
    assert LAST not in str(found)


@pytest.mark.usefixtures("history")
def test_the_days_make_the_sums_of_the_other_part(operator: Visitor) -> None:
    found = sheets(operator.get(BOOK).data)
    by_city: defaultdict[object, list[int]] = defaultdict(lambda: [0] * 10)
    for _day, office, *counts in STANDING:
        by_city[office] = [a + int(str(b)) for a, b in zip(by_city[office], counts, strict=True)]
    assert {row[0]: row[1:] for row in found["办理情况"][3:6]} == by_city
    sums = [sum(int(str(row[column])) for row in HAPPENED) for column in range(2, 10)]
    assert ["合计", *sums] in found["每日办理"]


def test_earlier_days_are_a_choice_away(history: History, operator: Visitor) -> None:
    page = operator.go(f"{PAGE}&span=days&from=2026-11-01&to=2026-11-03")
    assert lines(page, "city-standing") == as_read(STANDING[4:])
    assert lines(page, "city-days") == as_read(HAPPENED[10:])
    page = operator.go(f"{PAGE}&span=days&from=2026-11-04&to=2026-11-10&office={history.shenzhen.id}")
    assert {row[1] for name in ("city-standing", "city-days") for row in lines(page, name)} == {"深圳市考办"}
    page = operator.go(f"{PAGE}&span=days&from=2020-01-01&to=2020-01-02")
    assert "这段时间没有人申请。" in text_of(page, "city-standing")
    assert "这段时间没有办理任何申请。" in text_of(page, "city-days")


def test_a_city_sees_its_own_days(world: World, history: History) -> None:
    page = world.visitor(reviewer(world, history.guangzhou)).go(
        "/review/statistics?part=days&span=days&from=2026-11-01&to=2026-11-07"
    )
    assert lines(page, "city-standing") == as_read([row for row in STANDING if row[1] == "广州市考办"])
    assert "深圳市考办" not in page.text


def test_who_was_refused_above_is_sent_back_and_counted_as_such(history: History, operator: Visitor) -> None:
    refused = history.applied(at(20, 9), history.shenzhen, Status.CAPTURE, at(22, 9))
    history.decided(refused, history.province, Status.SUBMITTED, at(22, 9), {"portrait": []})
    page = operator.go(f"{PAGE}&span=7")
    assert lines(page, "city-standing") == as_read([["2026-11-20", "深圳市考办", 1, 0, 0, 0, 0, 0, 1, 0, 0, 0]])
    assert lines(page, "city-days") == as_read(
        [["2026-11-22", "深圳市考办", 0, 0, 0, 0, 0, 1, 0, 0], ["2026-11-20", "深圳市考办", 1, 0, 0, 0, 0, 0, 0, 0]]
    )
    assert list(table(page, "city-days")) == ["2026-11-22", "2026-11-20"]
