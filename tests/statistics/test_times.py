"""How long it takes: every figure as counted by hand in `history`; nobody's own time is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest

from app.application.workflow import Status
from app.statistics.tally_rules import Spread, kept_seconds, kept_tenths, spread
from tests.statistics.history import History, at
from tests.statistics.reading import table, text_of
from tests.visitors import Visitor

PAGE = "/operate/statistics?part=times"
FEW = "少于 3 人"


@pytest.mark.usefixtures("history")
def test_from_the_scan_to_the_picture(operator: Visitor) -> None:
    """40, 70, 90 and 150 s of three people; 20 s of one at the PC itself."""
    page = operator.go(PAGE)
    assert table(page, "scan") == {"用手机扫码": ["4", "70", "150"], "在本机拍照": ["1", FEW, FEW]}


@pytest.mark.usefixtures("history")
def test_before_the_offices(operator: Visitor) -> None:
    """Guangzhou 1, 2, 6 and 24 h of three people; three wait, the oldest since the 20th, 17:00."""
    assert table(operator.go(PAGE), "review") == {
        "广州市考办": ["4", "2.0", "24.0", "3", "48.0"],
        "深圳市考办": ["2", FEW, FEW, "1", FEW],
        "省考办": ["1", FEW, FEW, "1", FEW],
    }


def test_of_one_city(history: History, operator: Visitor) -> None:
    page = operator.go(f"{PAGE}&office={history.guangzhou.id}")
    assert table(page, "review") == {"广州市考办": ["4", "2.0", "24.0", "3", "48.0"]}
    assert table(page, "scan") == {"用手机扫码": ["4", "70", "150"]}


def test_one_person_with_many_pictures_is_one_person(history: History, operator: Visitor) -> None:
    one = history.applied(at(20, 9), history.shenzhen, Status.PORTRAIT_REVIEW, at(20, 9, 9))
    for minute in (0, 3, 6):
        history.sent(history.paired(one, at(20, 9, minute)), at(20, 9, minute, 30))
        history.handed_over(one, at(20, 9, minute, 40))
        back = {"portrait": ["glasses"]}
        history.decided(one, history.shenzhen, Status.PORTRAIT_REVIEW, at(20, 9, minute + 2), back, picture=str(minute))
    page = operator.go(f"{PAGE}&span=7")
    assert table(page, "scan") == {"用手机扫码": ["3", FEW, FEW]}
    assert table(page, "review")["深圳市考办"] == ["3", FEW, FEW, "2", FEW]


def test_only_the_first_picture_of_a_pairing_has_a_time(history: History, operator: Visitor) -> None:
    for _person in range(3):
        pairing = history.paired(history.applied(at(20), history.guangzhou), at(20))
        history.sent(pairing, at(20, 12, 0, 10))
        history.sent(pairing, at(20, 12, 30))
    assert table(operator.go(f"{PAGE}&span=7"), "scan") == {"用手机扫码": ["3", "10", "10"]}


def test_what_a_system_above_refuses_had_waited_for_no_office(history: History, operator: Visitor) -> None:
    for hour in (9, 10, 11):
        one = history.applied(at(20, 8), history.guangzhou, Status.CAPTURE, at(21, 8))
        history.handed_over(one, at(20, 8))
        history.decided(one, history.guangzhou, Status.PORTRAIT_REVIEW, at(20, hour))
        history.decided(one, history.province, Status.READY, at(21, 8), {"portrait": ["refused_outside"]})
    found = table(operator.go(f"{PAGE}&span=7"), "review")
    assert found["广州市考办"][:3] == ["3", "2.0", "3.0"]
    assert found["省考办"][:3] == ["0", "–", "–"], "it passed a list on and reviewed nothing"


def test_what_nobody_waits_for_is_a_dash(history: History, operator: Visitor) -> None:
    one = history.applied(at(20, 9), history.province, Status.READY, at(21, 9))
    history.decided(one, history.province, Status.FULL_REVIEW_PROVINCE, at(21, 9))
    page = operator.go(f"{PAGE}&span=days&from=2026-11-15&to=2026-11-15")
    assert table(page, "review")["省考办"] == ["0", "–", "–", "1", FEW]
    assert "这段时间没有收到照片。" in text_of(page, "scan")


def test_before_anything_came_there_are_words(operator: Visitor) -> None:
    assert "这段时间没有审核，现在也没有材料在等。" in text_of(operator.go(PAGE), "review")


@pytest.mark.parametrize(
    ("values", "median", "p90"),
    [
        ([5, 5, 5], 5, 5),
        (range(1, 11), 5, 9),
        (range(1, 12), 6, 10),
        ([1, 2, 1000], 2, 1000),
    ],
)
def test_ranks(values: Iterable[int], median: int, p90: int) -> None:
    found = dict.fromkeys(values, 1) if len(set(values)) > 1 else {5: 3}
    assert spread(found, 3) == Spread(sum(found.values()), median, p90)


def test_fewer_than_three_are_not_told() -> None:
    assert spread({5: 7}, 2) == Spread(7, None, None)
    assert spread({}, 0) == Spread(0, None, None)


@pytest.mark.parametrize(("seconds", "kept"), [(-3, 0), (0.9, 0), (83, 83), (600, 600), (601, 600), (719, 660)])
def test_seconds_are_kept_up_to_ten_minutes(seconds: float, kept: int) -> None:
    assert kept_seconds(timedelta(seconds=seconds)) == kept


@pytest.mark.parametrize(("minutes", "kept"), [(0, 0), (2, 0), (4, 1), (60, 10), (1440, 240)])
def test_tenths_of_hours_are_kept(minutes: float, kept: int) -> None:
    assert kept_tenths(timedelta(minutes=minutes)) == kept
