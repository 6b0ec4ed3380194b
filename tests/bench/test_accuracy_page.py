"""What docs/accuracy.md says follows from what was found: strong, weak, and nothing under thirty."""

from __future__ import annotations

import pytest

from app.imaging.report import Finding, Report, Verdict
from bench.accuracy import agreement, page, tables
from bench.accuracy.faces import FACES
from bench.accuracy.fault import Fault
from bench.accuracy.phone import Seen
from bench.accuracy.portraits import Good
from bench.accuracy.trials import Trial, Tried, Unbroken


def finding(value: float, verdict: str = "refuse", check: str = "roll") -> Finding:
    return Finding(check, value, "degrees", -8, 8, Verdict(verdict))


def tried(told: int, n: int = 32, breaks: float | None = None) -> Tried:
    """A fault at one level that breaks the rule, told so many times."""
    fault = Fault("a fault", "roll", "°", (16,), lambda good, _by: good.image(), breaks)
    found = [finding(20) if i < told else finding(5, "pass") for i in range(n)]
    return Tried(fault, tuple(Trial(16, each, 16) for each in found))


def bases(n: int = 32, verdict: str = "pass") -> list[Unbroken]:
    report = Report("guangdong", "1", "", Verdict(verdict), (finding(5, verdict),))
    return [Unbroken(Good(FACES[0], mirrored=i % 2 == 1), report) for i in range(n)]


@pytest.mark.parametrize(("told", "head"), [(32, "at least 95%"), (28, "80% to 95%"), (20, "**Weak**")])
def test_a_fault_stands_under_the_head_that_its_rate_deserves(told: int, head: str) -> None:
    parts = page.summary(bases(), [tried(told)]).split("\n\n")
    [place] = [i for i, part in enumerate(parts) if "a fault" in part]
    assert head in parts[place - 1]


def test_checks_that_often_doubt_good_portraits_are_named() -> None:
    assert "`roll` (says at most refuse): 32/32" in page.summary(bases(verdict="refuse"), [tried(32)])


def test_few_pictures_make_no_summary_and_no_rates() -> None:
    assert "no rates" in page.summary(bases(12), [tried(12, 12)])
    assert "n = 12: no rate" in tables.faults([tried(12, 12)])


def test_the_level_that_breaks_the_rule_is_bold() -> None:
    assert "**16 °**" in tables.faults([tried(32, breaks=12)])
    assert "**16 °**" not in tables.faults([tried(32, breaks=20)])


def test_a_mirrored_angle_that_is_not_the_opposite_is_seen() -> None:
    assert "| roll | degrees | 10 |" in tables.mirrors(bases())


def both(here: str, there: str, value: float = 10.0) -> agreement.Both:
    server = Report("guangdong", "1", "", Verdict(there), (finding(value, there),))
    found = {"roll": {"check": "roll", "value": 9.0, "verdict": here}}
    return agreement.Both(Seen(green=True, prompt="", live={}, findings=found, sent=b"", unsure=False), server)


@pytest.mark.parametrize(
    ("here", "there", "agreed"),
    [
        ("pass", "pass", True),
        ("inform", "pass", True),
        ("refuse", "refuse", True),
        ("warn", "refuse", True),
        ("inform", "refuse", False),
        ("pass", "unsure", False),
        ("refuse", "pass", False),
    ],
)
def test_phone_and_server_agree_when_both_or_neither_are_content(here: str, there: str, agreed: bool) -> None:
    assert both(here, there).agree("roll") is agreed


def test_how_far_past_a_limit_the_server_was_is_a_share_of_the_range() -> None:
    assert agreement._furthest([both("pass", "refuse", value) for value in (9, 12, -10)]) == pytest.approx(4 / 16)
