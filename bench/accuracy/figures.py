"""Rates with their intervals, and values measured against values put in. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

FEWEST = 30
Z = 1.959964  # 95 %


@dataclass(frozen=True)
class Rate:
    """`hits` of `n`. Under FEWEST there is no rate."""

    hits: int
    n: int

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's, 95 %, shares of 1."""
        share, square = self.hits / self.n, Z**2 / self.n
        middle = (share + square / 2) / (1 + square)
        reach = Z / (1 + square) * math.sqrt(share * (1 - share) / self.n + square / (4 * self.n))
        return max(0.0, middle - reach), min(1.0, middle + reach)

    def __str__(self) -> str:
        if self.n < FEWEST:
            return f"n = {self.n}: no rate"
        low, high = self.interval
        return f"{self.hits}/{self.n} = {100 * self.hits / self.n:.0f} % ({100 * low:.0f}–{100 * high:.0f})"


@dataclass(frozen=True)
class Line:
    """What was measured against what was put in: measured ≈ slope × put in + shift; errors are measured − put in."""

    slope: float
    bias: float
    worst: float
    n: int


def fitted(pairs: Sequence[tuple[float, float]]) -> Line:
    """Least squares over (put in, measured). Two different values put in are needed."""
    xs, errors = [x for x, _y in pairs], [y - x for x, y in pairs]
    middle, height = mean(xs), mean(y for _x, y in pairs)
    spread = sum((x - middle) ** 2 for x in xs)
    slope = sum((x - middle) * (y - height) for x, y in pairs) / spread
    return Line(slope, mean(errors), max(errors, key=abs), len(pairs))


def ranked(values: Sequence[float], share: float) -> float:
    """Nearest rank: 0.5 is the median."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
