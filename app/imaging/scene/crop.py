"""Which part of the picture is registered: the largest crop in which the face fills the place that the pack gives it.

A crop is never turned, stretched, or enlarged beyond the pixels that the check `resolution` asks for. The phone does
the same in static/js/guidance/crop.js, with the same numbers (`measuring.toml`, table `crop`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.imaging.measuring import MEASURING
from app.imaging.packs.pack import Pack

SEARCH = MEASURING.crop

Numbers = npt.NDArray[np.float64]
Limits = tuple[float | None, float | None]


@dataclass(frozen=True)
class Head:
    """Where a head is, in px of the view: `hair` its top (None: not seen), `eyes` their line, `centre` in x."""

    hair: float | None
    eyes: float
    width: float
    centre: float


@dataclass(frozen=True)
class Crop:
    """Upper left corner in px of the view; `scale` is px of the registered picture for one px of the view."""

    left: float
    top: float
    scale: float

    def box(self, pack: Pack, times: float = 1) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in px of the view, or of a picture that is `times` as large."""
        width, height = (times * side / self.scale for side in pack.crop.size)
        return self.left * times, self.top * times, self.left * times + width, self.top * times + height

    def shares(self, size: tuple[int, int], pack: Pack) -> tuple[float, ...]:
        """Left, top, width and height as shares of the sides of a view of this size."""
        left, top, right, bottom = self.box(pack)
        return tuple(round(px / size[at % 2], 4) for at, px in enumerate((left, top, right - left, bottom - top)))


def largest_crop(size: tuple[int, int], pack: Pack) -> Crop:
    """The largest crop out of the middle of a view of this size (width, height)."""
    scale = _least_scale(size, pack)
    left, top = ((side - wanted / scale) / 2 for side, wanted in zip(size, pack.crop.size, strict=True))
    return Crop(left, top, scale)


def best_crop(size: tuple[int, int], head: Head, finest: float, pack: Pack) -> Crop:
    """The largest crop with the head where the pack wants it and as large, or the one that comes nearest to that.

    `size` is that of the view; `finest` is the largest scale for which there are enough pixels.
    """
    least = _least_scale(size, pack)
    scales = np.geomspace(least, max(least, finest), SEARCH.steps)
    width, height = pack.crop.size
    left = np.clip(head.centre - width / 2 / scales, 0, size[0] - width / scales)
    top = np.clip(_wanted_top(head, scales, pack), 0, size[1] - height / scales)
    chosen = int(np.argmin(_cost(head, left, top, scales, pack) + SEARCH.filling * _off(head.width * scales, pack)))
    return Crop(float(left[chosen]), float(top[chosen]), float(scales[chosen]))


def _least_scale(size: tuple[int, int], pack: Pack) -> float:
    return max(wanted / side for side, wanted in zip(size, pack.crop.size, strict=True))


def _wanted_top(head: Head, scales: Numbers, pack: Pack) -> Numbers:
    """The middle of the tops that suit both hair and eyes; of those that suit the eyes when none suits both."""
    low, high = (limit or 0 for limit in pack.checks["eye_line"].limits)
    inset = 2 * SEARCH.inset * (high - low)  # on the edge, rounding would decide
    first, last = head.eyes - (high - inset) / scales, head.eyes - (low + inset) / scales
    if head.hair is None:
        return (first + last) / 2
    low, high = (limit or 0 for limit in pack.checks["hair_line"].limits)
    both = np.clip(head.hair - high / scales, first, last), np.clip(head.hair - low / scales, first, last)
    middle: Numbers = (both[0] + both[1]) / 2
    return middle


def _cost(head: Head, left: Numbers, top: Numbers, scales: Numbers, pack: Pack) -> Numbers:
    """How many limits are missed, and by how much; missing a second limit costs more than missing one by more."""
    cost = SEARCH.serious * _outside((head.eyes - top) * scales, pack.checks["eye_line"].limits)
    cost += SEARCH.serious * _outside(head.width * scales, pack.checks["face_width"].limits)
    cost += _outside(np.abs((head.centre - left) * scales / pack.crop.size[0] - 0.5), pack.checks["centring"].limits)
    if head.hair is not None:
        cost += _outside((head.hair - top) * scales, pack.checks["hair_line"].limits)
    return cost


def _off(widths: Numbers, pack: Pack) -> Numbers:
    """How far the face's width is from the one that fills the guide's oval: the logarithm of their ratio."""
    low, high = pack.checks["face_width"].limits
    off: Numbers = np.abs(np.log(widths / (SEARCH.aim * ((low or 0) + (high or 0)) / 2)))
    return off


def _outside(values: Numbers, limits: Limits) -> Numbers:
    """0 within the limits, else 1 plus the distance as a share of the range; from 0 where there is no lower limit."""
    low, high = limits[0] or 0, limits[1] or 0
    span, inset = high - low, SEARCH.inset * (high - low)
    beyond = values - high + inset if limits[0] is None else np.maximum(low + inset - values, values - high + inset)
    amount = np.clip(beyond, 0, None) / span
    missed: Numbers = (amount > 0) + amount
    return missed
