"""Brightness of the face, or of the oval where it should be when none was found, in the bands of ISO/IEC 29794-5."""

from __future__ import annotations

import numpy as np

from app.imaging.checks.check import Check
from app.imaging.measuring import MEASURING
from app.imaging.scene.scene import Scene

DARK, BRIGHT = slice(0, MEASURING.light.dark), slice(MEASURING.light.bright, 256)
LEVELS = np.arange(256)
FULL_ENTROPY = 12.5  # 8 bits are 100


def mean(scene: Scene) -> float:
    """Mean luminance, 0 to 1."""
    return float(scene.levels @ LEVELS / 255)


def dynamic_range(scene: Scene) -> float | None:
    """Entropy of the levels, 100 when all are equally frequent."""
    if scene.points is None:
        return None
    present = scene.levels
    present = present[present > 0]
    return float(FULL_ENTROPY * -(present * np.log2(present)).sum())


CHECKS = (
    Check("under_exposure", lambda scene: float(scene.levels[DARK].sum())),
    Check("over_exposure", lambda scene: float(scene.levels[BRIGHT].sum())),
    Check("luminance_mean", mean),
    Check("dynamic_range", dynamic_range),
)
