"""The measurements still run, and their tables say what was measured; how fast it is is not for tests to say."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench import __main__ as bench
from bench.scale import QUICK
from bench.table import Figure, Row, Table, rank

Measured = Callable[[str], tuple[str, dict[str, Any]]]
READMES = [Path(__file__).parents[2] / name for name in ("README.md", "README.zh-CN.md")]


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readme_names_every_table(readme: Path) -> None:
    [line] = [line for line in readme.read_text().splitlines() if "python -m bench NAME…" in line]
    assert f"`{' '.join(bench.NAMES)}`" in line


@pytest.fixture
def results(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Measured:
    """Measure one table at small counts; what was printed and what was written.

    In a thread of its own: the browsers of an earlier test leave this one with an event loop that runs.
    """

    def measured(name: str) -> tuple[str, dict[str, Any]]:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(bench.report, name, QUICK, tmp_path).result()
        return capsys.readouterr().out, json.loads((tmp_path / f"{name}.json").read_text())

    return measured


def test_the_way_from_the_shutter_to_the_desktop_is_measured_beside_the_floor(results: Measured) -> None:
    printed, written = results("latency")
    assert "shutter → unlocked, p99, among 20 desktops" in printed
    figures = {row["figure"]: row for row in written["rows"]}
    product, floor = figures["shutter → unlocked, p50"], figures["shutter → unlocked, p50"]["beside"]
    assert product["value"] > floor["runs"][0] > 0
    assert product["aim"].startswith("≤")


def test_exports_are_made_and_taken_away_whole_in_both_modes(results: Measured) -> None:
    _printed, written = results("exports")
    figures = {row["figure"]: row for row in written["rows"]}
    for mode in ("eventlet", "threading"):
        assert 0 < figures[f"{mode}: peak memory of who packs it"]["value"] < 200
        assert figures[f"{mode}: candidate's page, p99, while it is made"]["beside"]["runs"][0] > 0


def test_a_table_lines_up_and_says_whether_its_aims_are_met() -> None:
    table = Table(
        "a title",
        "nothing",
        [
            Row("near", Figure("ms", (2.0, 1.0, 4.0)), Figure("ms", (1.0,)), most=3, most_ratio=1.5),
            Row("对齐", Figure("", (2000,), digits=0), least=2000),
        ],
    )
    lines = str(table).splitlines()[4:]
    assert lines[2] == "| near   | 2.0 ms (1.0–4.0) | 1.0 ms | 2.00× | ≤ 3, ≤ 1.5× | NO  |"
    assert lines[3] == "| 对齐   | 2,000            |        |       | ≥ 2,000     | yes |"


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.99, 99), (1, 100)])
def test_a_rank_is_the_value_that_this_share_does_not_exceed(share: float, value: int) -> None:
    assert rank(range(100, 0, -1), share) == value


def test_runs_that_would_take_too_long_are_left_out() -> None:
    assert list(replace(QUICK, runs=3).within(60)) == [0, 1, 2]
    assert list(replace(QUICK, runs=3).within(0)) == [0]


def test_an_inspection_is_measured_beside_a_plain_decode_and_check_by_check(results: Measured) -> None:
    _printed, written = results("inspection")
    figures = {row["figure"]: row for row in written["rows"]}
    whole = figures["inspection, 12 megapixels"]
    assert whole["value"] > whole["beside"]["runs"][0] > 0
    assert figures["of it check: sharpness"]["value"] > 0
    assert 20 < figures["memory of a worker at its peak, 12 megapixels"]["value"] < 500


def test_the_queue_is_measured_beside_a_small_one(results: Measured) -> None:
    printed, written = results("queue")
    assert "2,000 applications" in printed
    figures = {row["figure"]: row for row in written["rows"]}
    assert {"queue of a city", "search by the beginning of a name", "a case", "a candidate's page"} <= figures.keys()
    assert all(row["value"] > 0 and row["beside"]["runs"][0] > 0 for row in figures.values())


def test_the_pages_of_statistics_are_measured_with_a_season_behind_them(results: Measured) -> None:
    printed, written = results("statistics")
    assert "500 applications, 1,500 pictures" in printed
    figures = {row["figure"]: row for row in written["rows"]}
    assert {"cases, all cities", "refusals, all cities", "times, one city with half of all"} <= figures.keys()
    assert all(row["value"] > 0 and row["beside"]["runs"][0] > 0 for row in figures.values())
