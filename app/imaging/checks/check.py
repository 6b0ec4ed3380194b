"""A check: a name, and how to measure it. Limits, strength and advice come from the rule pack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.imaging.packs.pack_schema import Rule
from app.imaging.report import NONE, Advice, Finding, Verdict
from app.imaging.scene.scene import Scene


@dataclass(frozen=True)
class Check:
    """`measure` gives a value in the rule's unit, or None when it cannot tell: then the finding is unsure."""

    name: str
    measure: Callable[[Scene], float | None]

    def find(self, scene: Scene, rule: Rule) -> Finding:
        """Measure, and hold the value against the rule."""
        return judge(self.name, self.measure(scene), rule)


def judge(name: str, value: float | None, rule: Rule) -> Finding:
    """The finding for a value: limits are inclusive."""
    verdict, words = Verdict(rule.says), rule.advice.get("unsure")
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
    """Four digits are more than any of our measures is good for."""
    return value if value is None or value == int(value) else round(value, 4)
