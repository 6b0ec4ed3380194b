"""How a measured value and its limits are written for a reviewer: in units that people read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.base.errors import N_
from app.review.reason_texts import PIXELS

# The rule packs' units → how many of ours they are, and what ours are called.
UNITS = {
    "bytes": (1 / 1024, "KB"),
    "px": (1, PIXELS),
    "faces": (1, N_("张")),
    "share": (100, "%"),
    "degrees": (1, "°"),
    "points": (1, N_("分")),
    "levels": (1, N_("级")),
    "quality": (1, ""),
    "decades": (1, N_("个数量级")),
}


class Reading(NamedTuple):
    """`value` is empty where nothing was measured, `limits` where there are none; `unit` is to be translated."""

    value: str
    unit: str
    limits: str


def reading(finding: Mapping[str, Any]) -> Reading:
    """A finding's figures; a unit that is not known stays as the pack has it."""
    times, unit = UNITS.get(finding["unit"], (1, finding["unit"]))
    value, low, high = (
        figure(each * times) if each is not None else ""
        for each in (finding[name] for name in ("value", "low", "high"))
    )
    if low and high:
        return Reading(value, unit, f"{low} – {high}")
    return Reading(value, unit, f"≥ {low}" if low else f"≤ {high}" if high else "")


TONES = {"pass": "good", "inform": "inform", "warn": "warn", "unsure": "warn", "refuse": "bad"}
VERDICTS = {
    "pass": N_("合格"),
    "inform": N_("提示"),
    "warn": N_("注意", "phone"),
    "unsure": N_("无法判断"),
    "refuse": N_("不合格", "phone"),
}
CLOSE = ("%", "°")  # units that stand right behind the figure


@dataclass(frozen=True)
class FindingLine:
    """A finding as a reviewer reads it: the check's name, the verdict (to be translated), the figures, what to do."""

    name: str
    tone: str
    verdict: str
    read: Reading
    advice: str

    @property
    def sign(self) -> str:
        """The unit, where it stands right behind the figure."""
        return self.read.unit if self.read.unit in CLOSE else ""

    @property
    def unit(self) -> str:
        """The unit, to be translated, where it stands apart."""
        return "" if self.sign else self.read.unit


@dataclass(frozen=True)
class ReportLines:
    """What a report says: first what did not simply pass."""

    remarks: tuple[FindingLine, ...] = ()
    passed: tuple[FindingLine, ...] = ()


def lines_of(report: Mapping[str, Any], names: Mapping[str, str], language: str) -> ReportLines:
    """The report of the checks, in the order of the report; `names` by check."""
    found = report.get("findings", ())
    passed = [each for each in found if each["verdict"] == "pass"]
    remarks = [each for each in found if each["verdict"] != "pass"]
    return ReportLines(
        tuple(_line(each, names, language) for each in remarks), tuple(_line(each, names, language) for each in passed)
    )


def _line(finding: Mapping[str, Any], names: Mapping[str, str], language: str) -> FindingLine:
    check, verdict = finding["check"], finding["verdict"]
    name, advice = names.get(check, check), finding["advice"][language]
    return FindingLine(name, TONES[verdict], VERDICTS[verdict], reading(finding), advice)


def figure(value: float) -> str:
    """No more exact than anybody reads."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
