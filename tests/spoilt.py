"""The good portrait, broken in exactly one way by a known amount. All give RGB images."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from skimage import data

from tests.pictures import WALL, Colour, portrait

Values: TypeAlias = NDArray[np.floating[Any]]
PX = 2.5  # px of the portrait for one of the registered picture


def rolled(degrees: float) -> Image.Image:
    """Clockwise."""
    return portrait().rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=WALL)


def placed(
    scale: float = 1.0, right: int = 0, down: int = 0, size: tuple[int, int] = (1200, 1600), wall: Colour = WALL
) -> Image.Image:
    """The whole figure scaled about the middle of the lower edge and shifted, on a wall."""
    image = portrait()
    figure = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BICUBIC)
    canvas = Image.new("RGB", size, wall)
    canvas.paste(figure, ((size[0] - figure.width) // 2 + right, size[1] - figure.height + down))
    return grained(canvas)


def with_second_face(scale: float = 0.35) -> Image.Image:
    """Somebody behind, at the upper left."""
    image = portrait().copy()
    other = portrait().resize((round(1200 * scale), round(1600 * scale))).crop((0, 0, round(1200 * scale), 420))
    image.paste(other, (0, 0))
    return image


def blurred(sigma: float) -> Image.Image:
    """In px of the registered picture."""
    return portrait().filter(ImageFilter.GaussianBlur(sigma * PX))


def side_lit(strength: float) -> Image.Image:
    """Brighter on the left by this share, darker on the right."""
    ramp = np.linspace(1 + strength, 1 - strength, 1200)[None, :, None]
    return imaged(np.asarray(portrait(), np.float32) * ramp)


def on(wall: Colour | Image.Image) -> Image.Image:
    """The portrait before another wall: a colour, or an image of its size."""
    if not isinstance(wall, Image.Image):
        return portrait(wall=wall)
    plain = np.asarray(portrait(), np.float32)
    figure = np.abs(plain - np.array(WALL)).max(axis=2) > 24
    mask = Image.fromarray(figure).filter(ImageFilter.MaxFilter(5))
    return Image.composite(portrait(), wall, mask)


def patterned(strength: float) -> Image.Image:
    """Bricks under paint."""
    bricks = Image.fromarray(data.brick()).convert("RGB").resize((1200, 1600))
    return Image.blend(Image.new("RGB", (1200, 1600), WALL), bricks, strength)


def fading(levels: float) -> Image.Image:
    """A wall that is darker on the right by so many levels."""
    return imaged(np.full((1600, 1200, 3), WALL) - np.linspace(0, levels, 1200)[None, :, None])


def shadowed(depth: float) -> Image.Image:
    """A wall that is darker on one side of the head."""
    down, across = np.mgrid[:1600, :1200]
    dark = depth * np.exp(-(((across - 1080) / 90) ** 2) - ((down - 700) / 500) ** 2)
    return imaged(np.full((1600, 1200, 3), WALL) * (1 - dark[..., None]))


def rastered(strength: float, period: float = 5) -> Image.Image:
    """As if taken off a screen."""
    down, across = np.mgrid[:1600, :1200]
    raster = np.sin(2 * np.pi * (across * 0.97 + down * 0.22) / period)
    return imaged(np.asarray(portrait(), np.float32) * (1 + strength * raster[..., None]))


def shaken(px: float, turn: Image.Transpose | None = None) -> Image.Image:
    """Moved sideways, or up when it is turned meanwhile, while it was taken; px of the registered picture."""
    reach = round(px * PX)
    values = np.asarray(portrait().transpose(turn) if turn else portrait(), np.float32)
    sums = np.cumsum(np.pad(values, ((0, 0), (reach, 0), (0, 0)), mode="edge"), axis=1)
    moved = imaged((sums[:, reach:] - sums[:, :-reach]) / reach)
    return moved.transpose(Image.Transpose.ROTATE_270) if turn else moved


def masked() -> Image.Image:
    """A white cloth over mouth and chin."""
    image = portrait().copy()
    image.paste((236, 238, 240), (370, 890, 830, 1200))
    return image


def grained(image: Image.Image, sigma: float = 2.5) -> Image.Image:
    """With the noise of a sensor."""
    noise = np.random.default_rng(2).normal(0, sigma, (image.height, image.width, 1))
    return imaged(np.asarray(image) + noise)


def imaged(values: Values) -> Image.Image:
    """Floats as a picture."""
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
