"""What the light and the camera did to the skin, and whether something covers it."""

from __future__ import annotations

import numpy as np

from app.portrait import regions
from app.portrait.checks.check import Check
from app.portrait.colour import lab
from app.portrait.networks import Floats
from app.portrait.scene import Scene

EVEN = 0.3  # the exponent of ISO/IEC 29794-5
NATURAL = np.array([[5, 25], [5, 35]], np.float32)  # a and b of natural skin, ISO/IEC 29794-5
OTHER = 15  # ΔE of a and b from the skin under the eyes above which a spot is not skin
FEW = 200  # px
SPARSE = 4  # every fourth px tells the same


def illumination_uniformity(scene: Scene) -> float | None:
    """What the brightness of both cheeks has in common, 100 when they are alike."""
    left, right = _levels(scene, regions.LEFT_CHEEK), _levels(scene, regions.RIGHT_CHEEK)
    if left is None or right is None:
        return None
    return float(np.minimum(left, right).sum() ** EVEN * 100)


def natural_colour(scene: Scene) -> float | None:
    """Distance of the cheeks' mean a, b from the range of natural skin."""
    skin = _colours(scene, regions.LEFT_CHEEK, regions.RIGHT_CHEEK)
    if skin is None:
        return None
    mean = skin[:, 1:].mean(axis=0)
    return float(np.linalg.norm(mean - np.clip(mean, NATURAL[:, 0], NATURAL[:, 1])))


def occlusion(scene: Scene) -> float | None:
    """Share of the lower face, lips apart, whose colour is not that of the skin under the eyes. Beards count too."""
    skin = _colours(scene, regions.UNDER_LEFT_EYE, regions.UNDER_RIGHT_EYE)
    lower, lips = scene.part(regions.LOWER_FACE), scene.part(regions.LIPS)
    if skin is None or lower is None or lips is None:
        return None
    seen = lab(scene.colours[lower & ~lips][::SPARSE])
    return float((np.linalg.norm(seen[:, 1:] - np.median(skin[:, 1:], axis=0), axis=1) > OTHER).mean())


def _levels(scene: Scene, cheek: tuple[int, ...]) -> Floats | None:
    """The share of a cheek at each of 256 levels."""
    part = scene.part(cheek)
    if part is None or part.sum() < FEW:
        return None
    counts = np.bincount(np.asarray(scene.grey)[part], minlength=256)
    found: Floats = (counts / counts.sum()).astype(np.float32)
    return found


def _colours(scene: Scene, *parts: tuple[int, ...]) -> Floats | None:
    """L, a, b of the px in these parts."""
    part = scene.part(*parts)
    return lab(scene.colours[part][::SPARSE]) if part is not None and part.sum() >= FEW else None


CHECKS = (
    Check("illumination_uniformity", illumination_uniformity),
    Check("natural_colour", natural_colour),
    Check("occlusion", occlusion),
)
