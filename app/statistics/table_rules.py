"""A table of figures, the same for the page and the workbook."""

from __future__ import annotations

from dataclasses import dataclass

from app.base.errors import N_
from app.statistics.chart_rules import BarChart, LineChart

Cell = int | float | str

SUM = N_("合计")
NO_OFFICE = N_("还没有考办")
FEW = N_("少于 3 人")
DAY = N_("日期")
NOBODY = N_("这段时间没有人申请。")
NOTHING = N_("这段时间没有办理任何申请。")
NO_PHOTO = N_("这段时间没有收到照片。")
NONE = "–"


@dataclass(frozen=True)
class FigureRow:
    """What the row is about, and its figures; a text stands for a figure that is not told. `is_sum`: of the others."""

    label: str
    cells: tuple[Cell, ...]
    is_sum: bool = False


@dataclass(frozen=True)
class FigureTable:
    """A table with its words in the language of the page. `sheet` names it in a workbook and `empty` stands in its
    place when there is nothing; `bars` and `lines` draw some of it. So many columns as `names` say what a row is about:
    its label, and the first of its cells."""

    name: str
    sheet: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    empty: str
    notes: tuple[str, ...] = ()
    bars: BarChart | None = None
    lines: LineChart | None = None
    wide: bool = False
    names: int = 1


def percent(part: int, whole: int) -> float:
    """A share to one decimal."""
    return round(100 * part / whole, 1) if whole else 0.0
