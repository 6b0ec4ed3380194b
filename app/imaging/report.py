"""What the inspection of a picture says: findings, and the verdict they make together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class Verdict(StrEnum):
    """From best to worst. `inform` tells something and never counts."""

    PASS = "pass"  # noqa: S105 — a verdict
    INFORM = "inform"
    WARN = "warn"
    UNSURE = "unsure"
    REFUSE = "refuse"


ORDER = tuple(Verdict)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of several: the worst that counts, `pass` when none does."""
    counting = (verdict for verdict in verdicts if verdict is not Verdict.INFORM)
    return max(counting, key=ORDER.index, default=Verdict.PASS)


@dataclass(frozen=True)
class Advice:
    """What to do next, in both languages; empty when there is nothing to do."""

    zh: str = ""
    en: str = ""


NONE = Advice()


@dataclass(frozen=True)
class Finding:
    """One check's result: the measured value, the limits it was held against, and what follows."""

    check: str
    value: float | None
    unit: str
    low: float | None
    high: float | None
    verdict: Verdict
    advice: Advice = NONE

    def as_dict(self) -> dict[str, Any]:
        """Ready for `json.dumps`."""
        return {**vars(self), "verdict": str(self.verdict), "advice": dict(vars(self.advice))}

    @classmethod
    def from_dict(cls, found: Mapping[str, Any]) -> Self:
        """The finding that `as_dict` wrote."""
        return cls(**{**found, "verdict": Verdict(found["verdict"]), "advice": Advice(**found["advice"])})


@dataclass(frozen=True)
class Report:
    """All findings about one picture under one version of a rule pack (`hash`: sha256 of what was in force)."""

    pack: str
    version: str
    hash: str
    verdict: Verdict
    findings: tuple[Finding, ...]

    def as_dict(self) -> dict[str, Any]:
        """As `docs/api.md` describes it, ready for `json.dumps`."""
        findings = [each.as_dict() for each in self.findings]
        return {**vars(self), "verdict": str(self.verdict), "findings": findings}

    @classmethod
    def from_dict(cls, report: Mapping[str, Any]) -> Self:
        """The report that `as_dict` wrote."""
        findings = tuple(Finding.from_dict(each) for each in report["findings"])
        return cls(**{**report, "verdict": Verdict(report["verdict"]), "findings": findings})

    def finding(self, check: str) -> Finding | None:
        """What this check found, None when it did not run."""
        return next((each for each in self.findings if each.check == check), None)


@dataclass(frozen=True)
class Inspection:
    """A report, and the picture as it may be shown: upright sRGB JPEG without metadata, longest side 800 to 1,600.

    `width` and `height` are those of the original after turning. Without a preview the picture was not readable.
    `derived` is the picture to be registered, None when no face was found or it does not fit the limits in bytes;
    `overlay` a PNG of what the checks saw.
    """

    report: Report
    preview: bytes | None = None
    width: int = 0
    height: int = 0
    derived: bytes | None = None
    overlay: bytes | None = None

    @property
    def readable(self) -> bool:
        """The picture could be decoded."""
        return self.preview is not None
