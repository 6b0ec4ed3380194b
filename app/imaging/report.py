"""The result of an inspection: findings, the verdict that follows from them, and the pictures that were made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pydantic import TypeAdapter

from app.base.json_values import Json


class Verdict(StrEnum):
    """From best to worst. `inform` is shown and never counts."""

    PASS = "pass"  # noqa: S105 — a verdict
    INFORM = "inform"
    WARN = "warn"
    UNSURE = "unsure"
    REFUSE = "refuse"


ORDER = tuple(Verdict)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of the verdicts that count; `pass` when none does."""
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
    """The result of one check: the measured value (None: not measured), the limits, the verdict, advice."""

    check: str
    value: int | float | None
    unit: str
    low: int | float | None
    high: int | float | None
    verdict: Verdict
    advice: Advice = NONE

    def as_dict(self) -> dict[str, Json]:
        """Ready for `json.dumps`."""
        return {**vars(self), "verdict": str(self.verdict), "advice": dict(vars(self.advice))}


@dataclass(frozen=True)
class Report:
    """All findings about one picture under one version of a rule pack (`hash`: sha256 of what was in force)."""

    pack: str
    version: str
    hash: str
    verdict: Verdict
    findings: tuple[Finding, ...]

    def as_dict(self) -> dict[str, Json]:
        """As `docs/api.md` describes it, ready for `json.dumps`."""
        findings = [each.as_dict() for each in self.findings]
        return {**vars(self), "verdict": str(self.verdict), "findings": findings}

    @staticmethod
    def from_dict(report: Json) -> Report:
        """The report that `as_dict` wrote. Raises ValueError for anything else."""
        return _reader().validate_python(report)

    def finding(self, check: str) -> Finding | None:
        """The finding of this check; None when it did not run."""
        return next((each for each in self.findings if each.check == check), None)


@cache
def _reader() -> TypeAdapter[Report]:
    """Built once: it is slow to build and quick to use."""
    return TypeAdapter(Report)


@dataclass(frozen=True)
class Inspection:
    """A report, and the pictures that were made.

    `preview`: an upright sRGB JPEG without metadata, longest side 800 to 1,600 px; None when the picture is unreadable.
    `width`, `height`: of the upright original, in px. `registered_photo`: a JPEG; None when no face was found or its
    size in bytes is outside the limits; `crop`: what part of the picture it is, left, top, width and height as shares
    of the picture's sides. `overlay`: a PNG of what the checks saw.
    """

    report: Report
    preview: bytes | None = None
    width: int = 0
    height: int = 0
    registered_photo: bytes | None = None
    overlay: bytes | None = None
    crop: tuple[float, ...] | None = None

    @property
    def readable(self) -> bool:
        """Whether the picture could be decoded."""
        return self.preview is not None
