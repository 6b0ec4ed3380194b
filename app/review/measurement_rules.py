"""How a measured value and its limits are written for a reviewer: in units that people read."""

from __future__ import annotations

from typing import NamedTuple

from app.base.errors import N_
from app.imaging.report import Finding

# The rule packs' units → how many of ours they are, and what ours are called.
UNITS = {
    "bytes": (1 / 1024, "KB"),
    "px": (1, N_("像素")),
    "faces": (1, N_("张")),
    "share": (100, "%"),
    "degrees": (1, "°"),
    "points": (1, N_("分")),
    "levels": (1, N_("级")),
    "quality": (1, ""),
    "decades": (1, N_("个数量级")),
}


class Reading(NamedTuple):
    """`value` is empty where nothing was measured, `limits` where there are none; `unit` is to be translated."""

    value: str
    unit: str
    limits: str


def reading(finding: Finding) -> Reading:
    """A finding's figures; a unit that is not known stays as the pack has it."""
    times, unit = UNITS.get(finding.unit, (1, finding.unit))
    value, low, high = (
        figure(each * times) if each is not None else "" for each in (finding.value, finding.low, finding.high)
    )
    if low and high:
        return Reading(value, unit, f"{low} – {high}")
    return Reading(value, unit, f"≥ {low}" if low else f"≤ {high}" if high else "")


def figure(value: float) -> str:
    """No more exact than anybody reads."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
