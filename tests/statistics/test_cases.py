"""Where applications stand by city, and what happened by day: every figure as counted by hand in `history`."""

from __future__ import annotations

from datetime import date

import pytest

from app.application.status_row_rules import Group
from app.application.status_rules import STATUSES
from app.application.workflow import Status
from app.statistics.event_queries import Event, by_day
from app.statistics.period_rules import Period
from tests.review.waiting import reviewer
from tests.statistics.history import History, at
from tests.statistics.reading import table, text_of
from tests.visitors import Visitor
from tests.world import World

#             applied compared papers photo city province back approved submitted withdrawn
GUANGZHOU = ["5", "0", "0", "1", "0", "0", "1", "1", "1", "1"]
SHENZHEN = ["3", "0", "0", "0", "1", "1", "1", "0", "0", "0"]
NOWHERE = ["1", "1", "0", "0", "0", "0", "0", "0", "0", "0"]
EVERYWHERE = ["9", "1", "0", "1", "1", "1", "2", "1", "1", "1"]
#                       applied portrait documents decided back returned submitted withdrawn
DAYS = {
    "2026-11-10": ["0", "0", "0", "1", "0", "0", "0", "0"],
    "2026-11-09": ["0", "0", "1", "0", "0", "0", "0", "0"],
    "2026-11-08": ["1", "0", "0", "0", "0", "0", "0", "0"],
    "2026-11-07": ["1", "0", "0", "0", "0", "0", "0", "0"],
    "2026-11-06": ["0", "1", "0", "1", "1", "0", "0", "0"],
    "2026-11-05": ["1", "1", "0", "1", "0", "0", "0", "0"],
    "2026-11-04": ["1", "1", "1", "1", "0", "0", "1", "0"],
    "2026-11-03": ["2", "2", "0", "3", "2", "0", "0", "0"],
    "2026-11-02": ["2", "1", "0", "0", "0", "0", "0", "1"],
    "2026-11-01": ["1", "0", "0", "0", "0", "0", "0", "0"],
    "合计": ["9", "6", "2", "7", "3", "0", "1", "1"],
}
OF_SHENZHEN = {
    "2026-11-10": ["0", "0", "0", "1", "0", "0", "0", "0"],
    "2026-11-09": ["0", "0", "1", "0", "0", "0", "0", "0"],
    "2026-11-08": ["1", "0", "0", "0", "0", "0", "0", "0"],
    "2026-11-06": ["0", "1", "0", "0", "0", "0", "0", "0"],
    "2026-11-05": ["1", "0", "0", "0", "0", "0", "0", "0"],
    "2026-11-04": ["1", "1", "1", "1", "0", "0", "0", "0"],
    "合计": ["3", "2", "2", "2", "0", "0", "0", "0"],
}


def test_cities_by_status(history: History, operator: Visitor) -> None:
    page = operator.go("/operate/statistics")
    wanted = {"广州市考办": GUANGZHOU, "深圳市考办": SHENZHEN, "还没有考办": NOWHERE, "合计": EVERYWHERE}
    assert table(page, "standing") == wanted
    assert history.guangzhou.name in wanted


def test_days(history: History, operator: Visitor) -> None:
    assert table(operator.go("/operate/statistics"), "days") == DAYS
    one = operator.go(f"/operate/statistics?office={history.shenzhen.id}")
    assert table(one, "days") == OF_SHENZHEN
    assert table(one, "standing") == {"深圳市考办": SHENZHEN}


@pytest.mark.usefixtures("history")
def test_a_day_begins_and_ends_in_guangdong(operator: Visitor) -> None:
    page = operator.go("/operate/statistics?span=days&from=2026-11-03&to=2026-11-03")
    assert table(page, "days") == {"2026-11-03": DAYS["2026-11-03"], "合计": DAYS["2026-11-03"]}
    assert table(page, "standing")["广州市考办"] == ["1", "0", "0", "0", "0", "0", "0", "1", "0", "0"]
    before = operator.go("/operate/statistics?span=days&from=2026-10-31&to=2026-10-31")
    assert table(before, "days")["合计"] == ["1", "0", "0", "0", "0", "0", "0", "0"]


def test_what_a_system_above_refuses_is_no_review(world: World, history: History, operator: Visitor) -> None:
    refused = history.applied(at(20, 9), history.guangzhou, Status.SUBMITTED, at(22, 12))
    history.decided(refused, history.guangzhou, Status.PORTRAIT_REVIEW, at(20, 10))
    for submitted, came_back in ((at(21, 9), at(21, 10)), (at(22, 9), at(22, 10))):
        history.submitted(refused, submitted)
        history.decided(refused, history.province, Status.SUBMITTED, came_back, {"portrait": []})
    history.submitted(refused, at(22, 12))
    wanted = {
        "2026-11-22": ["0", "0", "0", "0", "0", "1", "2", "0"],
        "2026-11-21": ["0", "0", "0", "0", "0", "1", "1", "0"],
        "2026-11-20": ["1", "0", "0", "1", "0", "0", "0", "0"],
    }
    for visitor, page in (
        (operator, "/operate/statistics?span=7"),
        (world.visitor(reviewer(world, history.guangzhou)), "/review/statistics?span=7"),
    ):
        found = table(visitor.go(page), "days")
        assert {day: cells for day, cells in found.items() if day != "合计"} == wanted


def test_the_last_thirty_days_begin_on_the_24th(history: History, operator: Visitor) -> None:
    page = operator.go("/operate/statistics?span=30")
    assert table(page, "standing")["广州市考办"][0] == "6", "with the one of the 31st"
    assert "2026-10-24 至 2026-11-22" in page.text
    assert history.guangzhou.name in page.text


def test_where_nothing_was_there_are_words(history: History, operator: Visitor) -> None:
    page = operator.go(f"/operate/statistics?span=7&office={history.shenzhen.id}")
    assert "这段时间没有人申请。" in text_of(page, "standing")
    assert "这段时间没有办理任何申请。" in text_of(page, "days")
    assert page.all("table", "figure") == []


def test_who_was_sent_back_and_has_handed_over_again_is_before_the_office(history: History, operator: Visitor) -> None:
    again = history.applied(at(20, 9), history.guangzhou, Status.PORTRAIT_REVIEW, at(21, 9))
    history.decided(again, history.guangzhou, Status.PORTRAIT_REVIEW, at(20, 12), {"portrait": ["glasses"]})
    papers = history.applied(at(20, 9), history.guangzhou, Status.DOCUMENTS, at(20, 12))
    history.decided(papers, history.guangzhou, Status.DOCUMENT_REVIEW_CITY, at(20, 12), {"front": []}, ("front",))
    photo = history.applied(at(20, 9), history.guangzhou, Status.CAPTURE, at(21, 12))
    history.decided(photo, history.guangzhou, Status.DOCUMENT_REVIEW_CITY, at(20, 12), {"front": []}, ("front",))
    history.decided(photo, history.guangzhou, Status.DOCUMENT_REVIEW_PROVINCE, at(21, 12), None, ("front",), "two")
    page = operator.go("/operate/statistics?span=7")
    assert table(page, "standing")["广州市考办"] == ["3", "0", "0", "1", "1", "0", "1", "0", "0", "0"]


def test_a_series_has_every_day(world: World, history: History) -> None:
    with world.dependencies.db.reading() as db:
        days = by_day(db, Period(date(2026, 11, 5), date(2026, 11, 8)), history.shenzhen.id)
    assert days.series(Period(date(2026, 11, 5), date(2026, 11, 8)), Event.APPLIED) == [1, 0, 0, 1]


@pytest.mark.parametrize("status", Status)
def test_every_status_has_its_group(status: Status) -> None:
    assert isinstance(STATUSES[status].group, Group)
