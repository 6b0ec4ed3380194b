"""A reviewer reads figures in units that people know, with the limits that they were held against."""

from __future__ import annotations

import pytest

from app.imaging.packs.pack import load
from app.imaging.report import Finding, Verdict
from app.review.measurement_rules import UNITS, reading


@pytest.mark.parametrize(
    ("unit", "value", "low", "high", "told"),
    [
        ("share", 0.0119, None, 0.06, ("1.19", "%", "≤ 6")),
        ("bytes", 188495, 51200, 10485760, ("184", "KB", "50 – 10,240")),
        ("degrees", -0.33, -15, 15, ("-0.33", "°", "-15 – 15")),
        ("px", 1080, 600, None, ("1,080", "像素", "≥ 600")),
        ("quality", 0, None, None, ("0", "", "")),
        ("ΔE", None, None, 20, ("", "ΔE", "≤ 20")),
    ],
)
def test_a_finding_is_told_in_our_units(
    unit: str, value: float | None, low: float | None, high: float | None, told: tuple[str, str, str]
) -> None:
    assert reading(Finding("any", value, unit, low, high, Verdict.PASS)) == told


def test_every_unit_of_the_packs_has_a_name_here() -> None:
    assert {rule.unit for rule in load().checks.values() if rule.unit} <= {*UNITS, "ΔE"}
