"""Where the parts of a chart are, without a database: bars in shares of the width, lines in a square of their own.

A chart repeats a table that stands beside it; what it says is said in words too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

ROW, TEXT, TOP = 44, 16, 22  # px: a bar with its label; the label's line; where the bar begins
MOST_BARS = 21
LETTERS = 40  # half widths of a label
SIDE = 100  # of the square that lines are drawn in
LINE_STYLES = ("solid", "dashed", "dotted")


@dataclass(frozen=True)
class Amount:
    """What becomes a bar: its value, a part of it that is drawn full, and how the numbers are written."""

    label: str
    value: float
    words: str
    part: float | None = None


@dataclass(frozen=True)
class Bar:
    """One bar: `label` and `words` stand above it; widths in %."""

    label: str
    words: str
    text_y: int
    bar_y: int
    width: float
    part: float


@dataclass(frozen=True)
class BarChart:
    """Bars one below the other."""

    name: str
    title: str
    description: str
    height: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Line:
    """A series: how it is drawn, and its points in the square."""

    label: str
    style: str
    points: str


@dataclass(frozen=True)
class LineChart:
    """Series over the same days; `top` is the largest value, at the upper edge."""

    name: str
    title: str
    description: str
    top: int
    first: str
    last: str
    lines: tuple[Line, ...]


def bar_chart(name: str, title: str, description: str, amounts: Sequence[Amount]) -> BarChart | None:
    """A bar each, in the order given; None when there is nothing to draw. `name` is the beginning of its ids."""
    shown = amounts[:MOST_BARS]
    top = max((each.value for each in shown), default=0)
    if not top:
        return None
    bars = tuple(
        Bar(
            shortened(each.label),
            each.words,
            number * ROW + TEXT,
            number * ROW + TOP,
            _share(each.value, top),
            _share(each.value if each.part is None else each.part, top),
        )
        for number, each in enumerate(shown)
    )
    return BarChart(name, title, description, len(shown) * ROW, bars)


def line_chart(
    name: str, title: str, description: str, days: tuple[str, str], series: Sequence[tuple[str, Sequence[int]]]
) -> LineChart | None:
    """A line each, up to as many as there are styles; None without two days or without anything."""
    top = max((value for _label, values in series for value in values), default=0)
    if not top or len(series[0][1]) < 2:
        return None
    lines = tuple(
        Line(label, style, _points(values, top)) for (label, values), style in zip(series, LINE_STYLES, strict=False)
    )
    return LineChart(name, title, description, top, *days, lines)


def shortened(label: str) -> str:
    """A label that fits above its bar on a phone."""
    kept, room = "", LETTERS
    for letter in label:
        room -= 2 if east_asian_width(letter) in "WF" else 1
        if room < 0:
            return f"{kept}…"
        kept += letter
    return kept


def _share(value: float, top: float) -> float:
    return round(100 * value / top, 2)


def _points(values: Sequence[int], top: int) -> str:
    step = SIDE / (len(values) - 1)
    return " ".join(f"{n * step:.2f},{SIDE - SIDE * value / top:.2f}" for n, value in enumerate(values))
