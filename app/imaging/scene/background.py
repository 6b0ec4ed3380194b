"""The background of a portrait, at half the size of the registered picture."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from app.imaging.networks import Floats

HALF = 2
CERTAIN = 25  # of 255: below this no person
CLEAR = 6  # px around the person that are left out: hair is fuzzy, and so is the mask
LEAST = 0.05  # of the picture: with less wall in sight there is nothing to say


class Wall:
    """`colours` height × width × 3, `luminance`, `mask` where it is surely wall, `person` where it may be a person."""

    def __init__(self, portrait: Image.Image, person: Image.Image) -> None:
        small = portrait.reduce(HALF)
        body = person.reduce(HALF).point(lambda level: 255 if level > CERTAIN else 0)
        self.person: npt.NDArray[np.bool_] = np.asarray(body) > 0
        self.mask: npt.NDArray[np.bool_] = np.asarray(body.filter(ImageFilter.BoxBlur(CLEAR))) == 0
        self.colours: npt.NDArray[np.uint8] = np.asarray(small)
        self.luminance: Floats = np.asarray(small.convert("L"), np.float32)

    @cached_property
    def enough(self) -> bool:
        """There is enough of it to judge."""
        return bool(self.mask.mean() >= LEAST)
