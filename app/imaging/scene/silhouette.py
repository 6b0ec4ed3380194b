"""What the mask of the person tells: where the hair ends, how the shoulders stand."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]

BAND = 0.35  # of the face's width to either side of its middle: where the top of the head is looked for
FILLED = 0.1  # of a band's columns: less are single hairs
BESIDE = 0.95  # of the face's width from its middle to where a shoulder is looked for
LEAST_BESIDE = 0.7  # nearer there is the neck; a face of 300 px leaves room for 0.75
NARROW = 0.05


def hair_top(person: Mask, centre: float, eyes: float, width: float) -> float | None:
    """The row in px where the head ends, going up from the eyes; 0 when the picture cuts it; None without a person."""
    band = _columns(person, centre - BAND * width, centre + BAND * width)
    filled = band[: max(0, round(eyes)) + 1].mean(axis=1) >= FILLED if band.size else np.zeros(0, np.bool_)
    if not filled.size or not filled[-1]:
        return None
    gaps = np.flatnonzero(~filled)
    return float(gaps[-1] + 1) if gaps.size else 0.0


def shoulder_slope(person: Mask, centre: float, eyes: float, width: float) -> float | None:
    """Degrees by which the right shoulder in the picture is lower than the left; None when one is not seen."""
    room = min(centre, person.shape[1] - 1 - centre) - NARROW * width
    beside = min(BESIDE * width, room)
    if beside < LEAST_BESIDE * width:
        return None
    left, right = (_shoulder(person, centre + side * beside, eyes, NARROW * width) for side in (-1, 1))
    if left is None or right is None:
        return None
    return math.degrees(math.atan2(right - left, 2 * beside))


def _shoulder(person: Mask, middle: float, eyes: float, reach: float) -> float | None:
    """The highest row of the body in a narrow band, going up from the lower edge; None when it is hair or nothing."""
    band = _columns(person, middle - reach, middle + reach)
    if not band.size:
        return None
    empty = np.flatnonzero(band.mean(axis=1) < 0.5)
    top = int(empty[-1]) + 1 if empty.size else 0
    return float(top) if eyes < top < len(band) else None


def _columns(person: Mask, first: float, last: float) -> Mask:
    if first < 0 or last > person.shape[1]:
        return person[:, :0]
    return person[:, round(first) : round(last) + 1]
