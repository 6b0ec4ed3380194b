"""sRGB to CIELAB under D65, and the distance of two colours."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.imaging.measuring import MEASURING
from app.imaging.networks import Floats

TO_XYZ = np.array(MEASURING.colour.to_xyz, np.float32)
_LEVELS = np.arange(256) / 255
LINEAR = np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4).astype(np.float32)
KNEE, SLOPE, START = 216 / 24389, 24389 / 27 / 116, 16 / 116


def lab(colours: npt.NDArray[np.uint8]) -> Floats:
    """sRGB (…×3, 0–255) to L, a, b (…×3)."""
    xyz = LINEAR[colours] @ TO_XYZ.T
    bent = np.where(xyz > KNEE, np.cbrt(xyz), SLOPE * xyz + START)
    x, y, z = bent[..., 0], bent[..., 1], bent[..., 2]
    found: Floats = np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)
    return found


def apart(one: Floats, other: Floats) -> float:
    """ΔE of 1976: the distance in CIELAB."""
    return float(np.linalg.norm(one - other))
