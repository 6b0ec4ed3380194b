"""Measures of the silhouette: where the hair ends, how level the shoulders are."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from app.imaging.measuring import MEASURING

Mask = npt.NDArray[np.bool_]

READING = MEASURING.silhouette
PERSON = int(255 * READING.person)  # levels above this belong to a person
BESIDE = 0.95  # of the face's width from its middle to where a shoulder is looked for
LEAST_BESIDE = 0.7  # nearer there is the neck; a face of 300 px leaves room for 0.75
NARROW = 0.05


def hair_top(silhouette: Mask, centre: float, eyes: float, width: float) -> float | None:
    """The row in px where the head ends, going up from the eyes; 0 when it is cut off; None without a person."""
    band = _columns(silhouette, centre - READING.band * width, centre + READING.band * width)
    filled = band[: max(0, round(eyes)) + 1].mean(axis=1) >= READING.filled if band.size else np.zeros(0, np.bool_)
    if not filled.size or not filled[-1]:
        return None
    gaps = np.flatnonzero(~filled)
    return float(gaps[-1] + 1) if gaps.size else 0.0


def shoulder_slope(silhouette: Mask, centre: float, eyes: float, width: float) -> float | None:
    """Degrees by which the right shoulder in the picture is lower than the left; None when one is not seen."""
    room = min(centre, silhouette.shape[1] - 1 - centre) - NARROW * width
    beside = min(BESIDE * width, room)
    if beside < LEAST_BESIDE * width:
        return None
    left, right = (_shoulder(silhouette, centre + side * beside, eyes, NARROW * width) for side in (-1, 1))
    if left is None or right is None:
        return None
    return math.degrees(math.atan2(right - left, 2 * beside))


def _shoulder(silhouette: Mask, middle: float, eyes: float, reach: float) -> float | None:
    """The highest row of the body in a narrow band, going up from the lower edge; None when it is hair or nothing."""
    band = _columns(silhouette, middle - reach, middle + reach)
    if not band.size:
        return None
    empty = np.flatnonzero(band.mean(axis=1) < 0.5)
    top = int(empty[-1]) + 1 if empty.size else 0
    return float(top) if eyes < top < len(band) else None


def _columns(silhouette: Mask, first: float, last: float) -> Mask:
    if first < 0 or last > silhouette.shape[1]:
        return silhouette[:, :0]
    return silhouette[:, round(first) : round(last) + 1]
