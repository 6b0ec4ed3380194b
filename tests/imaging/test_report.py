"""Findings make a verdict, and travel as JSON."""

from __future__ import annotations

import json

import pytest

from app.imaging.checks.check import judge
from app.imaging.packs.pack import load
from app.imaging.report import Finding, Report, Verdict, worst

PASS, INFORM, WARN, UNSURE, REFUSE = Verdict


@pytest.mark.parametrize(
    ("several", "one"),
    [
        ((), PASS),
        ((PASS, PASS), PASS),
        ((PASS, INFORM), PASS),
        ((INFORM,), PASS),
        ((WARN, PASS, INFORM), WARN),
        ((UNSURE, WARN), UNSURE),
        ((WARN, REFUSE, UNSURE), REFUSE),
    ],
)
def test_the_worst_finding_counts_and_inform_never_does(several: tuple[Verdict, ...], one: Verdict) -> None:
    assert worst(several) == one


def test_limits_are_inclusive_and_advice_follows_the_direction() -> None:
    rule = load().checks["eye_line"]
    assert [judge("eye_line", value, rule).verdict for value in (199, 200, 300, 301)] == [REFUSE, PASS, PASS, REFUSE]
    assert judge("eye_line", 199, rule).advice.en == rule.advice["too_low"].en
    assert judge("eye_line", 301, rule).advice.en == rule.advice["too_high"].en


def test_a_value_that_could_not_be_measured_never_passes() -> None:
    checks = load().checks
    assert judge("eye_line", None, checks["eye_line"]).verdict is UNSURE
    assert judge("hair_line", None, checks["hair_line"]).verdict is WARN


def test_a_report_survives_json() -> None:
    finding = judge("eye_line", 199.123456, load().checks["eye_line"])
    report = Report("guangdong", "2026.11", "abc", REFUSE, (finding, Finding("readable", None, "", None, None, PASS)))
    sent = json.loads(json.dumps(report.as_dict()))
    assert Report.from_dict(sent) == report
    assert sent["verdict"] == "refuse"
    assert sent["findings"][0].keys() == {"check", "value", "unit", "low", "high", "verdict", "advice"}
    assert sent["findings"][0]["advice"].keys() == {"zh", "en"}
    assert sent["findings"][0]["value"] == 199.1235
