"""A chart repeats what its table says, in shares of its width."""

from __future__ import annotations

import pytest

from app.statistics.chart_rules import Amount, bar_chart, line_chart, shortened
from tests.statistics.history import History
from tests.visitors import Visitor


def test_bars_are_shares_of_the_largest() -> None:
    chart = bar_chart("x", "t", "d", [Amount("a", 8, "2 / 8", 2), Amount("b", 4, "4")])
    assert chart
    assert [(bar.label, bar.words, bar.width, bar.part) for bar in chart.bars] == [
        ("a", "2 / 8", 100, 25),
        ("b", "4", 50, 50),
    ]
    assert [bar.bar_y for bar in chart.bars] == [22, 66]
    assert chart.height == 88


def test_lines_go_from_the_first_day_to_the_last() -> None:
    chart = line_chart("x", "t", "d", ("1", "3"), [("a", [0, 4, 2]), ("b", [1, 0, 0])])
    assert chart
    assert [(line.label, line.style, line.points) for line in chart.lines] == [
        ("a", "solid", "0.00,100.00 50.00,0.00 100.00,50.00"),
        ("b", "dashed", "0.00,75.00 50.00,100.00 100.00,100.00"),
    ]
    assert chart.top == 4


def test_without_anything_there_is_none() -> None:
    assert bar_chart("x", "t", "d", []) is None
    assert bar_chart("x", "t", "d", [Amount("a", 0, "0")]) is None
    assert line_chart("x", "t", "d", ("1", "1"), [("a", [3])]) is None
    assert line_chart("x", "t", "d", ("1", "2"), [("a", [0, 0])]) is None


@pytest.mark.parametrize(
    ("label", "short"), [("短", "短"), ("长" * 21, "长" * 20 + "…"), ("a" * 41, "a" * 40 + "…"), ("a" * 40, "a" * 40)]
)
def test_a_label_fits_above_its_bar(label: str, short: str) -> None:
    assert shortened(label) == short


@pytest.mark.usefixtures("history")
def test_every_chart_has_a_name_and_its_numbers_are_in_the_table(operator: Visitor) -> None:
    for part in ("cases", "refusals", "times"):
        page = operator.go(f"/operate/statistics?part={part}")
        charts = [each for each in page.all("svg") if each.get("role") == "img"]
        assert charts
        for chart in charts:
            ids = (chart.get("aria-labelledby") or "").split()
            assert [each.tag for each in chart.iter() if each.get("id") in ids] == ["title", "desc"]
        figures = {"".join(cell.itertext()).strip() for cell in page.all("td")}
        amounts = {(each.text or "").split(" / ")[-1] for each in page.all("text") if each.get("class") == "amount"}
        assert amounts <= figures


def test_the_bar_of_a_city_shows_what_is_submitted(history: History, operator: Visitor) -> None:
    page = operator.go(f"/operate/statistics?office={history.guangzhou.id}")
    assert [each.text for each in page.all("text")][:2] == ["广州市考办", "1 / 5"]
    assert [each.get("width") for each in page.all("rect")] == ["100.0%", "20.0%"]
