"""How a measured value and its limits are written for a reviewer: in units that people read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.base.errors import N_
from app.imaging.report import Finding, Verdict
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


def reading(finding: Finding) -> Reading:
    """A finding's figures; a unit that is not known stays as the pack has it."""
    times, unit = UNITS.get(finding.unit, (1, finding.unit))
    value, low, high = (
        figure(each * times) if each is not None else "" for each in (finding.value, finding.low, finding.high)
    )
    if low and high:
        return Reading(value, unit, f"{low} – {high}")
    return Reading(value, unit, f"≥ {low}" if low else f"≤ {high}" if high else "")


TONES = {
    Verdict.PASS: "good",
    Verdict.INFORM: "inform",
    Verdict.WARN: "warn",
    Verdict.UNSURE: "warn",
    Verdict.REFUSE: "bad",
}
VERDICTS = {
    Verdict.PASS: N_("合格", "phone"),
    Verdict.INFORM: N_("提示"),
    Verdict.WARN: N_("注意", "phone"),
    Verdict.UNSURE: N_("无法判断"),
    Verdict.REFUSE: N_("不合格", "phone"),
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


def lines_of(findings: Sequence[Finding], names: Mapping[str, str], language: str) -> ReportLines:
    """The report of the checks, in the order of the report; `names` by check."""
    passed = [each for each in findings if each.verdict is Verdict.PASS]
    remarks = [each for each in findings if each.verdict is not Verdict.PASS]
    return ReportLines(
        tuple(_line(each, names, language) for each in remarks), tuple(_line(each, names, language) for each in passed)
    )


def _line(finding: Finding, names: Mapping[str, str], language: str) -> FindingLine:
    name, advice = names.get(finding.check, finding.check), finding.advice
    told = advice.en if language == "en" else advice.zh
    return FindingLine(name, TONES[finding.verdict], VERDICTS[finding.verdict], reading(finding), told)


def figure(value: float) -> str:
    """No more exact than anybody reads."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
