"""Where the registered picture is cut out: as little is cut off as brings the face into the pack's geometry.

Nothing but the frame moves: no turning, no stretching, no enlarging beyond the pixels that the gate asks for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.imaging.packs.pack import Pack

STEPS = 60
INSET = 0.02  # aim this share of a range inside its limits: a value on the very limit may round to either side
SERIOUS = 10  # how much more a refusal counts than a warning
CUTTING = 0.01  # what cutting costs against missing a limit

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
class Frame:
    """A cut: its corner in px of the view, and px of the registered picture for one px of the view."""

    left: float
    top: float
    scale: float

    def box(self, pack: Pack, times: float = 1) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in px of the view, or of a picture that is `times` as large."""
        width, height = (times * side / self.scale for side in pack.crop.size)
        return self.left * times, self.top * times, self.left * times + width, self.top * times + height


def whole(size: tuple[int, int], pack: Pack) -> Frame:
    """The largest cut, out of the middle of a view of this size."""
    scale = _least_scale(size, pack)
    left, top = ((side - wanted / scale) / 2 for side, wanted in zip(size, pack.crop.size, strict=True))
    return Frame(left, top, scale)


def best(size: tuple[int, int], head: Head, finest: float, pack: Pack) -> Frame:
    """The largest cut in which the head is where the pack wants it, or the one that comes nearest to that.

    `finest` is the largest scale there are pixels for.
    """
    least = _least_scale(size, pack)
    scales = np.geomspace(least, max(least, finest), STEPS)
    width, height = pack.crop.size
    left = np.clip(head.centre - width / 2 / scales, 0, size[0] - width / scales)
    top = np.clip(_wanted_top(head, scales, pack), 0, size[1] - height / scales)
    chosen = int(np.argmin(_cost(head, left, top, scales, pack) + CUTTING * np.log(scales / least)))
    return Frame(float(left[chosen]), float(top[chosen]), float(scales[chosen]))


def guide(pack: Pack) -> tuple[float, float, float, float]:
    """Where the guide puts a face in the cut, as the box of an oval: from the brows, as a black fringe is not a dark
    face, to the chin."""
    hair, eyes, face = (_middle(pack, check) for check in ("hair_line", "eye_line", "face_width"))
    centre, reach = pack.crop.width.value / 2, 0.4 * face
    return centre - reach, (hair + 2 * eyes) / 3, centre + reach, 2 * eyes - hair


def _middle(pack: Pack, check: str) -> float:
    low, high = pack.checks[check].limits
    return ((low or 0) + (high or 0)) / 2


def _least_scale(size: tuple[int, int], pack: Pack) -> float:
    return max(wanted / side for side, wanted in zip(size, pack.crop.size, strict=True))


def _wanted_top(head: Head, scales: Numbers, pack: Pack) -> Numbers:
    """The middle of where both hair and eyes are right; where they cannot both be, the eyes' own."""
    low, high = pack.checks["eye_line"].limits
    first, last = head.eyes - (high or 0) / scales, head.eyes - (low or 0) / scales
    if head.hair is None:
        return (first + last) / 2
    low, high = pack.checks["hair_line"].limits
    both = np.clip(head.hair - (high or 0) / scales, first, last), np.clip(head.hair - (low or 0) / scales, first, last)
    middle: Numbers = (both[0] + both[1]) / 2
    return middle


def _cost(head: Head, left: Numbers, top: Numbers, scales: Numbers, pack: Pack) -> Numbers:
    """How many limits are missed, and by how much: missing a second one is no help to come nearer to the first."""
    cost = SERIOUS * _outside((head.eyes - top) * scales, pack.checks["eye_line"].limits)
    cost += SERIOUS * _outside(head.width * scales, pack.checks["face_width"].limits)
    cost += _outside(np.abs((head.centre - left) * scales / pack.crop.size[0] - 0.5), pack.checks["centring"].limits)
    if head.hair is not None:
        cost += _outside((head.hair - top) * scales, pack.checks["hair_line"].limits)
    return cost


def _outside(values: Numbers, limits: Limits) -> Numbers:
    low, high = limits[0] or 0, limits[1] or 0
    span = high - low
    amount = np.clip(np.maximum(low + INSET * span - values, values - high + INSET * span), 0, None) / span
    missed: Numbers = (amount > 0) + amount
    return missed
