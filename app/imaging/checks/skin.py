"""Skin: even light, natural colour, nothing that covers it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.imaging.checks.check import Check
from app.imaging.measuring import MEASURING
from app.imaging.networks import Floats
from app.imaging.scene import regions
from app.imaging.scene.colour import LINEAR, lab
from app.imaging.scene.scene import Scene

BLACK = float(LINEAR[MEASURING.light.black])
NATURAL = np.array([[5, 25], [5, 35]], np.float32)  # a and b of natural skin, ISO/IEC 29794-5
OTHER = 15  # ΔE of a and b from the skin under the eyes above which a px is not skin
FEW = MEASURING.light.few
LEVELS = np.arange(256)
SPARSE = 4  # every fourth px is enough


def illumination_uniformity(scene: Scene) -> float | None:
    """How much of the light on the brighter cheek falls on the darker one, 100 when they are alike."""
    left, right = _light(scene, regions.LEFT_CHEEK), _light(scene, regions.RIGHT_CHEEK)
    if left is None or right is None:
        return None
    return 100 * min(left, right) / max(left, right)


def natural_colour(scene: Scene) -> float | None:
    """Distance of the cheeks' mean a, b from the range of natural skin."""
    skin = _colours(scene, regions.LEFT_CHEEK, regions.RIGHT_CHEEK)
    if skin is None:
        return None
    mean = skin[:, 1:].mean(axis=0)
    return float(np.linalg.norm(mean - np.clip(mean, NATURAL[:, 0], NATURAL[:, 1])))


def occlusion(scene: Scene) -> float | None:
    """Share of the lower face without the lips whose colour differs from the skin under the eyes. Beards count too."""
    skin = _colours(scene, regions.UNDER_LEFT_EYE, regions.UNDER_RIGHT_EYE)
    lower, lips = scene.part(regions.LOWER_FACE), scene.part(regions.LIPS)
    if skin is None or lower is None or lips is None:
        return None
    seen = lab(scene.colours[scene.face_area][lower & ~lips][::SPARSE])
    return float((np.linalg.norm(seen[:, 1:] - np.median(skin[:, 1:], axis=0), axis=1) > OTHER).mean())


def _light(scene: Scene, cheek: tuple[int, ...]) -> float | None:
    """The light on a cheek: the linear value of its median luminance, above 0 to 1."""
    part = scene.part(cheek)
    if part is None or np.count_nonzero(part) < FEW:
        return None
    level = _middle(np.asarray(scene.grey)[scene.face_area][part])
    return max(float(np.interp(level, LEVELS, LINEAR)), BLACK)


def _middle(levels: npt.NDArray[np.uint8]) -> float:
    """The median, between whole levels: as if the px of each level were spread evenly over it."""
    counts = np.bincount(levels, minlength=256)
    reached = np.cumsum(counts)
    level = int(np.searchsorted(reached, levels.size / 2))
    below = float(reached[level] - counts[level])
    return level - 0.5 + (levels.size / 2 - below) / float(counts[level])


def _colours(scene: Scene, *parts: tuple[int, ...]) -> Floats | None:
    """L, a, b of the px in these parts."""
    part = scene.part(*parts)
    if part is None or np.count_nonzero(part) < FEW:
        return None
    return lab(scene.colours[scene.face_area][part][::SPARSE])


CHECKS = (
    Check("illumination_uniformity", illumination_uniformity),
    Check("natural_colour", natural_colour),
    Check("occlusion", occlusion),
)
