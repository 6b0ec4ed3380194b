"""A fault: one rule broken by a known amount, and what the check should then measure where that can be known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from bench.accuracy.portraits import QUALITY, Good

Wanted = Callable[[Good, float, float], float]  # portrait, level, value of the unbroken portrait → value


@dataclass(frozen=True)
class Fault:
    """`check` should find it. `breaks`: from this level on (of its size) the rule is broken by definition; None: no
    definition, rates only. `wanted` gives the value put in; None: there is nothing to compare the measure with."""

    name: str
    check: str
    unit: str
    levels: tuple[float, ...]
    make: Callable[[Good, float], Image.Image]
    breaks: float | None = None
    wanted: Wanted | None = None
    quality: Callable[[float], int] = lambda _level: QUALITY
    remark: str = ""
