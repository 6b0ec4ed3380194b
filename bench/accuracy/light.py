"""What light, a lens, an encoder and a screen do to a picture: each by an amount that is known exactly. Pure."""

from __future__ import annotations

import io
import math
from functools import cache

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter
from scipy import ndimage

Values = npt.NDArray[np.floating]
RASTER = 2.6  # px of the camera for one of the screen's
TURN = 0.035  # how far a screen is held askew, in radians


def exposed(image: Image.Image, factor: float) -> Image.Image:
    """Every value multiplied; what is over 255 is clipped."""
    return _image(_values(image) * factor)


def from_the_side(image: Image.Image, fall: float) -> Image.Image:
    """As it is on the left, `fall` (0 to 1) of the light gone on the right, in a ramp over the middle half."""
    ramp = np.clip(2 * np.arange(image.width, dtype=np.float32) / image.width - 0.5, 0, 1)
    return _image(_values(image) * (1 - fall * ramp)[None, :, None])


def coloured(image: Image.Image, share: float) -> Image.Image:
    """Under a lamp that keeps blue and takes `share` of red and half as much of green."""
    return _image(_values(image) * np.array([1 - share, 1 - share / 2, 1], np.float32))


def hazy(image: Image.Image, share: float) -> Image.Image:
    """`share` of the contrast gone, about a middle grey."""
    return _image(_values(image) * (1 - share) + 150 * share)


def blurred(image: Image.Image, sigma: float) -> Image.Image:
    """Out of focus, as a Gaussian of so many px."""
    return image.filter(ImageFilter.GaussianBlur(sigma))


def noisy(image: Image.Image, sigma: float, seed: int) -> Image.Image:
    """With noise of so many levels in every px, the same in all colours."""
    noise = np.random.default_rng(seed).normal(0, sigma, (image.height, image.width, 1))
    return _image(_values(image) + noise.astype(np.float32))


def shaken(image: Image.Image, length: float) -> Image.Image:
    """Moved evenly by so many px along a row while the shutter was open."""
    return _image(ndimage.uniform_filter1d(_values(image), max(1, round(length)), axis=1))


def enlarged(image: Image.Image, times: float) -> Image.Image:
    """From a picture that was so many times smaller."""
    small = image.resize((round(image.width / times), round(image.height / times)), Image.Resampling.BOX)
    return small.resize(image.size, Image.Resampling.BICUBIC)


def off_a_screen(image: Image.Image, depth: float) -> Image.Image:
    """Photographed off a screen whose columns are red, green and blue and whose rows are dark between, by `depth`."""
    raster = _raster(image.width, image.height)
    seen = _image(_values(image) * (1 - depth + depth * raster * 2))
    return seen.filter(ImageFilter.GaussianBlur(0.6))


@cache
def _raster(width: int, height: int) -> Values:
    y, x = np.mgrid[:height, :width].astype(np.float32)
    across = (x * math.cos(TURN) + y * math.sin(TURN)) / RASTER
    down = (y * math.cos(TURN) - x * math.sin(TURN)) / RASTER
    stripes = [0.5 + 0.5 * np.cos(2 * np.pi * (across - band / 3)) for band in range(3)]
    whole: Values = np.stack(stripes, axis=-1) * (0.5 + 0.5 * np.cos(2 * np.pi * down))[..., None]
    return whole


def off_a_print(image: Image.Image, haze: float) -> Image.Image:
    """Photographed off glossy paper without a raster: softer by 0.8 px, `haze` of the contrast gone."""
    return hazy(blurred(image, 0.8), haze)


def through_jpeg(image: Image.Image, quality: int) -> Image.Image:
    """Saved once before, and opened again."""
    into = io.BytesIO()
    image.save(into, "JPEG", quality=quality)
    return Image.open(into).convert("RGB")


def _values(image: Image.Image) -> Values:
    return np.asarray(image.convert("RGB"), np.float32)


def _image(values: Values) -> Image.Image:
    return Image.fromarray(np.clip(np.round(values), 0, 255).astype(np.uint8))
