"""478 points on a face, and how much it blinks."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image

from app.imaging.networks.faces import Face
from app.imaging.networks.network import Floats, Network, pixels, sigmoid
from app.imaging.networks.weights import EXPRESSION, LANDMARKS

AROUND = 1.5  # the network was trained on squares with this multiple of the box's side
POINTS = 478
BLINKS = (9, 10)
# The points that the expression network takes, in its order. Not formatted: a number a line would be 146 lines.
EXPRESSIVE = [
    0, 1, 4, 5, 6, 7, 8, 10, 13, 14, 17, 21, 33, 37, 39, 40, 46, 52, 53, 54, 55, 58, 61, 63, 65, 66, 67, 70, 78, 80,
    81, 82, 84, 87, 88, 91, 93, 95, 103, 105, 107, 109, 127, 132, 133, 136, 144, 145, 146, 148, 149, 150, 152, 153,
    154, 155, 157, 158, 159, 160, 161, 162, 163, 168, 172, 173, 176, 178, 181, 185, 191, 195, 197, 234, 246, 249, 251,
    263, 267, 269, 270, 276, 282, 283, 284, 285, 288, 291, 293, 295, 296, 297, 300, 308, 310, 311, 312, 314, 317, 318,
    321, 323, 324, 332, 334, 336, 338, 356, 361, 362, 365, 373, 374, 375, 377, 378, 379, 380, 381, 382, 384, 385, 386,
    387, 388, 389, 390, 397, 398, 400, 402, 405, 409, 415, 454, 466, 468, 469, 470, 471, 472, 473, 474, 475, 476, 477,
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Landmarks:
    """`points` 478×3: x and y in px of the view, z on the same scale towards the back; `presence` and `blink` (the
    eye that is more closed) 0 to 1."""

    points: Floats
    presence: float
    blink: float


class LandmarkReader:
    """Reads the landmarks of a detected face."""

    def __init__(self) -> None:
        self.points, self.expression = Network(LANDMARKS), Network(EXPRESSION)

    def read(self, view: Image.Image, face: Face) -> Landmarks:
        """The landmarks, in px of the view."""
        side = self.points.side
        turn, origin = _placed(face, side)
        a, b, d, e = turn.ravel()
        square = view.transform(
            (side, side), Image.Transform.AFFINE, (a, b, origin[0], d, e, origin[1]), Image.Resampling.BILINEAR
        )
        found = self.points(pixels(square))
        flat, presence = (next(each.ravel() for each in found if each.size == size) for size in (3 * POINTS, 1))
        points = flat.reshape(POINTS, 3).copy()
        points[:, :2] = points[:, :2] @ turn.T + origin
        points[:, 2] *= math.hypot(a, d)
        shapes = self.expression(points[EXPRESSIVE, :2])[0].ravel()
        return Landmarks(points, float(sigmoid(presence)[0]), float(shapes[list(BLINKS)].max()))


def _placed(face: Face, side: int) -> tuple[Floats, Floats]:
    """The turn (2×2) and the shift that bring px of an upright square around the face to px of the view."""
    across = face.points[1] - face.points[0]
    angle = math.atan2(across[1], across[0])
    step = max(face.box[2:] - face.box[:2]) * AROUND / side
    cosine, sine = math.cos(angle) * step, math.sin(angle) * step
    turn = np.array([[cosine, -sine], [sine, cosine]], np.float32)
    centre = (face.box[:2] + face.box[2:]) / 2
    origin: Floats = (centre - turn @ np.full(2, side / 2, np.float32)).astype(np.float32)
    return turn, origin
