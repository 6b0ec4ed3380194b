"""Parts of a face as polygons of landmarks (numbers of MediaPipe's face mesh); left and right as in the picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from app.imaging.networks import Floats

Mask = npt.NDArray[np.bool_]

LEFT_IRIS, RIGHT_IRIS = 468, 473
LEFT_SIDE, RIGHT_SIDE = 234, 454
CHIN, UPPER_LIP, LOWER_LIP = 152, 13, 14
LEFT_LIDS, RIGHT_LIDS = (159, 145), (386, 374)

OVAL = (
    10,
    338,
    297,
    332,
    284,
    251,
    389,
    356,
    454,
    323,
    361,
    288,
    397,
    365,
    379,
    378,
    400,
    377,
    152,
    148,
    176,
    149,
    150,
    136,
    172,
    58,
    132,
    93,
    234,
    127,
    162,
    21,
    54,
    103,
    67,
    109,
)
BELOW_BROWS = (
    127,
    70,
    63,
    105,
    66,
    107,
    9,
    336,
    296,
    334,
    293,
    300,
    356,
    454,
    323,
    361,
    288,
    397,
    365,
    379,
    378,
    400,
    377,
    152,
    148,
    176,
    149,
    150,
    136,
    172,
    58,
    132,
    93,
    234,
)
LEFT_CHEEK = (116, 117, 118, 101, 36, 206, 207, 187, 123)
RIGHT_CHEEK = (345, 346, 347, 330, 266, 426, 427, 411, 352)
UNDER_LEFT_EYE, UNDER_RIGHT_EYE = (117, 118, 119, 100, 101, 50), (346, 347, 348, 329, 330, 280)
LOWER_FACE = (
    187,
    147,
    213,
    192,
    214,
    210,
    211,
    32,
    208,
    199,
    428,
    262,
    431,
    430,
    434,
    416,
    433,
    376,
    411,
    425,
    326,
    2,
    97,
    205,
)
LIPS = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185)


def drawn(size: tuple[int, int], points: Floats, *polygons: Sequence[int]) -> Image.Image:
    """An "L" picture with these polygons in 255; `points` are landmarks in its px."""
    mask = Image.new("L", size)
    draw = ImageDraw.Draw(mask)
    for polygon in polygons:
        draw.polygon([(float(x), float(y)) for x, y in points[list(polygon), :2]], fill=255)
    return mask


def inside(size: tuple[int, int], points: Floats, *polygons: Sequence[int]) -> Mask:
    """Which px lie in these polygons: height × width."""
    found: Mask = np.asarray(drawn(size, points, *polygons)) > 0
    return found
