"""Tables of figures beside their baselines, with aims; printed in columns and as plain values for JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeAlias
from unicodedata import east_asian_width

Plain: TypeAlias = "str | float | Sequence[Plain] | Mapping[str, Plain] | None"  # what JSON can say
COLUMNS = ("figure", "measured", "beside", "ratio", "aim", "met")


@dataclass(frozen=True)
class Figure:
    """What was measured in each of the runs; their median is the value."""

    unit: str
    runs: tuple[float, ...]
    digits: int = 1

    @property
    def value(self) -> float:
        return median(self.runs)

    def __str__(self) -> str:
        spread = f" ({min(self.runs):,.{self.digits}f}–{max(self.runs):,.{self.digits}f})" if len(self.runs) > 1 else ""
        return f"{self.value:,.{self.digits}f} {self.unit}{spread}".strip()


@dataclass(frozen=True)
class Row:
    """One figure; `beside` is its baseline. `most` and `least` bound the value, `most_ratio` bounds value/baseline."""

    what: str
    measured: Figure
    beside: Figure | None = None
    most: float | None = None
    least: float | None = None
    most_ratio: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.measured.value / self.beside.value if self.beside and self.beside.value else None

    @property
    def aim(self) -> str:
        if self.most is not None and self.most == self.least:
            return f"= {self.most:,.4g}"
        bounds = (("≤", self.most, ""), ("≥", self.least, ""), ("≤", self.most_ratio, "×"))
        return ", ".join(f"{sign} {bound:,.4g}{unit}" for sign, bound, unit in bounds if bound is not None)

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None when there is none."""
        held = [
            self.most is None or self.measured.value <= self.most,
            self.least is None or self.measured.value >= self.least,
            self.most_ratio is None or (self.ratio is not None and self.ratio <= self.most_ratio),
        ]
        return all(held) if self.aim else None

    def cells(self) -> tuple[str, ...]:
        """As text, one for each of COLUMNS."""
        ratio = f"{self.ratio:.2f}×" if self.ratio is not None else ""
        met = {True: "yes", False: "NO", None: ""}[self.met]
        return (self.what, str(self.measured), str(self.beside or ""), ratio, self.aim, met)

    def plain(self) -> dict[str, Plain]:
        """As values for JSON."""
        beside: Plain = {"unit": self.beside.unit, "runs": self.beside.runs} if self.beside else None
        return {
            "figure": self.what,
            "value": self.measured.value,
            "unit": self.measured.unit,
            "runs": self.measured.runs,
            "beside": beside,
            "ratio": self.ratio,
            "aim": self.aim,
            "met": self.met,
        }


@dataclass(frozen=True)
class Table:
    """What one measurement found. `beside` says what the baseline is."""

    title: str
    beside: str
    rows: Sequence[Row]

    def __str__(self) -> str:
        lines = [COLUMNS, *(row.cells() for row in self.rows)]
        wide = [max(map(_width, column)) for column in zip(*lines, strict=True)]
        rule = tuple("-" * size for size in wide)
        body = "\n".join(_line(cells, wide) for cells in (COLUMNS, rule, *lines[1:]))
        return f"## {self.title}\n\nbeside: {self.beside}\n\n{body}\n"

    def plain(self) -> dict[str, Plain]:
        """As values for JSON."""
        return {"title": self.title, "beside": self.beside, "rows": [row.plain() for row in self.rows]}


def rank(values: Sequence[float], share: float) -> float:
    """The value that `share` of the others do not exceed: 0.5 is the median, 0.99 the p99 (nearest rank)."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def _line(cells: Sequence[str], wide: Sequence[int]) -> str:
    padded = (cell + " " * (size - _width(cell)) for cell, size in zip(cells, wide, strict=True))
    return f"| {' | '.join(padded)} |"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
