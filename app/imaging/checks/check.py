"""A check: a name and a function that measures. Limits, severity and advice come from the rule pack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.imaging.packs.pack_schema import CheckRule
from app.imaging.report import NONE, Advice, Finding, Verdict
from app.imaging.scene.scene import Scene


@dataclass(frozen=True)
class Check:
    """`measure` gives a value in the rule's unit, or None when it cannot; then the verdict is at most `unsure`."""

    name: str
    measure: Callable[[Scene], float | None]

    def find(self, scene: Scene, rule: CheckRule) -> Finding:
        """Measure, and judge the value by the rule."""
        return judge(self.name, self.measure(scene), rule)


def judge(name: str, value: float | None, rule: CheckRule) -> Finding:
    """The finding for a value: limits are inclusive."""
    verdict, words = Verdict(rule.severity), rule.advice.get("unsure")
    if value is None:
        verdict = min(verdict, Verdict.UNSURE, key=list(Verdict).index)
    elif rule.low is not None and value < rule.low:
        words = rule.advice["too_low"]
    elif rule.high is not None and value > rule.high:
        words = rule.advice["too_high"]
    else:
        verdict, words = Verdict.PASS, None
    advice = Advice(words.zh, words.en) if words else NONE
    return Finding(name, _short(value), rule.unit, rule.low, rule.high, verdict, advice)


def _short(value: float | None) -> float | None:
    """Rounded to four decimals, which is more than any measure is accurate to."""
    return value if value is None or value == int(value) else round(value, 4)
