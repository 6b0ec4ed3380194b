"""The background of a portrait, at 1/2 of the size of the registered picture."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from app.imaging.measuring import MEASURING
from app.imaging.networks import Floats

READING = MEASURING.background
CERTAIN = READING.certain * 255


class Background:
    """`colours` height × width × 3, `luminance` height × width; `mask` is true where there is certainly background,
    `person` where there may be a person."""

    def __init__(self, portrait: Image.Image, silhouette: Image.Image) -> None:
        small = portrait.reduce(READING.reduction)
        body = silhouette.reduce(READING.reduction).point(lambda level: 255 if level > CERTAIN else 0)
        self.person: npt.NDArray[np.bool_] = np.asarray(body) > 0
        self.mask: npt.NDArray[np.bool_] = np.asarray(body.filter(ImageFilter.BoxBlur(READING.clear))) == 0
        self.colours: npt.NDArray[np.uint8] = np.asarray(small)
        self.luminance: Floats = np.asarray(small.convert("L"), np.float32)

    @cached_property
    def enough(self) -> bool:
        """Whether enough of it is in sight to be judged."""
        return bool(self.mask.mean() >= READING.least)
