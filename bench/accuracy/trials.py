"""Inspects the good portraits and the broken ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.imaging import checks
from app.imaging.inspect import inspect
from app.imaging.intake.decode import decode
from app.imaging.packs.pack import load
from app.imaging.report import Finding, Report, Verdict
from app.imaging.scene.scene import Scene
from bench.accuracy.fault import Fault
from bench.accuracy.figures import Line, Rate, fitted
from bench.accuracy.portraits import Good, jpeg

PACK = load()
CHECKS = {check.name: check for check in checks.ALL}


@dataclass(frozen=True)
class Unbroken:
    """A good portrait and its whole report."""

    good: Good
    report: Report

    def value(self, check: str) -> float | None:
        found = self.report.finding(check)
        return found.value if found else None


@dataclass(frozen=True)
class Trial:
    """One broken picture: what its check said, and the value that was put in (None: not known)."""

    level: float
    finding: Finding
    wanted: float | None

    @property
    def told(self) -> bool:
        """The check did not let it pass."""
        return self.finding.verdict is not Verdict.PASS and self.finding.value is not None

    @property
    def unsure(self) -> bool:
        """The check could not measure: a reviewer looks, or nobody is held up."""
        return self.finding.value is None


@dataclass(frozen=True)
class Tried:
    """A fault on every good portrait."""

    fault: Fault
    trials: tuple[Trial, ...]

    def broken(self, level: float) -> bool:
        """The rule is broken by definition; without one, at the gravest level."""
        breaks = self.fault.breaks
        return level == self.fault.levels[-1] if breaks is None else abs(level) >= breaks

    @property
    def hardest(self) -> float:
        """The level that breaks the rule and is told least."""
        return min(filter(self.broken, self.fault.levels), key=lambda level: self.told(level).hits)

    @property
    def least(self) -> Rate:
        """What is told there."""
        return self.told(self.hardest)

    def at(self, level: float) -> list[Trial]:
        return [trial for trial in self.trials if trial.level == level]

    def told(self, level: float) -> Rate:
        here = self.at(level)
        return Rate(sum(trial.told or trial.unsure for trial in here), len(here))

    def unsure(self, level: float) -> int:
        return sum(trial.unsure for trial in self.at(level))

    @cached_property
    def line(self) -> Line | None:
        """Measured against put in, None where nothing is known."""
        pairs = [(each.wanted, each.finding.value) for each in self.trials]
        known = [(wanted, value) for wanted, value in pairs if wanted is not None and value is not None]
        return fitted(known) if len(known) > 1 else None


def unbroken(portraits: Iterable[Good]) -> list[Unbroken]:
    """All checks on every good portrait."""
    return [Unbroken(good, inspect(jpeg(good.image()), "image/jpeg", PACK).report) for good in portraits]


def tried(fault: Fault, bases: Sequence[Unbroken], step: Callable[[], None] = lambda: None) -> Tried:
    """The fault's own check at each level on each portrait."""
    found = []
    for level in fault.levels:
        found += [_trial(fault, level, base) for base in bases]
        step()
    return Tried(fault, tuple(found))


def look(body: bytes, check: str) -> Finding:
    """What one check says of a JPEG, as in an inspection."""
    return CHECKS[check].find(Scene(len(body), decode(body, "image/jpeg", PACK), PACK), PACK.checks[check])


def _trial(fault: Fault, level: float, base: Unbroken) -> Trial:
    finding = look(jpeg(fault.make(base.good, level), fault.quality(level)), fault.check)
    before = base.value(fault.check)
    wanted = fault.wanted(base.good, level, before) if fault.wanted and before is not None else None
    return Trial(level, finding, wanted)
