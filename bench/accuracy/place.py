"""Where the person stands and what is behind: moved, turned, patterned, shadowed by known amounts. Pure."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

STRIPES = 40  # px
SHADOW_REACH, SHADOW_EDGE = 70, 12  # px


def turned(image: Image.Image, degrees: float, fill: tuple[int, int, int]) -> Image.Image:
    """Clockwise about the middle of the head; `fill` where nothing was."""
    middle = (image.width / 2, 0.39 * image.height)
    return image.rotate(-degrees, Image.Resampling.BICUBIC, center=middle, fillcolor=fill)


def moved(person: Image.Image, right: float, down: float) -> Image.Image:
    """By shares of the width and of the height; cut off at the edges."""
    by = (right * person.width, down * person.height)
    return person.transform(person.size, Image.Transform.AFFINE, (1, 0, -by[0], 0, 1, -by[1]), Image.Resampling.BICUBIC)


def sized(person: Image.Image, times: float) -> Image.Image:
    """Nearer (above 1) or further, about the middle of the head."""
    x, y = person.width / 2, 0.39 * person.height
    terms = (1 / times, 0, x - x / times, 0, 1 / times, y - y / times)
    return person.transform(person.size, Image.Transform.AFFINE, terms, Image.Resampling.BICUBIC)


def striped(wall: Image.Image, depth: float) -> Image.Image:
    """Upright stripes that are `depth` levels darker, with soft edges of 4 px."""
    wave = np.clip(10 * np.sin(2 * np.pi * np.arange(wall.width) / STRIPES), -1, 1)
    return _darker(wall, np.broadcast_to((depth * (wave + 1) / 2)[None], wall.size[::-1]))


def graded(wall: Image.Image, depth: float) -> Image.Image:
    """Darker towards the right, by `depth` levels in all."""
    return _darker(wall, np.broadcast_to(np.linspace(0, depth, wall.width)[None], wall.size[::-1]))


def shadowed(wall: Image.Image, person: Image.Image, depth: float) -> Image.Image:
    """With the person's outline on the wall, to the right, `depth` of the light gone."""
    spread = person.getchannel("A").filter(ImageFilter.GaussianBlur(SHADOW_EDGE))
    shadow = np.asarray(ImageChops.offset(spread, SHADOW_REACH, 0), np.float32) / 255
    shadow[:, :SHADOW_REACH] = 0
    values = np.asarray(wall, np.float32) * (1 - depth * shadow[..., None])
    return Image.fromarray(values.astype(np.uint8))


def mixed(one: tuple[int, int, int], other: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    """A colour between two."""
    red, green, blue = (round(a + share * (b - a)) for a, b in zip(one, other, strict=True))
    return red, green, blue


def with_another(wall: Image.Image, other: Image.Image, times: float) -> Image.Image:
    """Somebody else behind, to the right, so many times as large."""
    small = other.resize((round(other.width * times), round(other.height * times)), Image.Resampling.LANCZOS)
    place = (round(0.87 * wall.width - small.width / 2), round(0.1 * wall.height))
    picture = wall.copy()
    picture.paste(small, place, small.getchannel("A"))
    return picture


def covered(person: Image.Image, share: float, colour: tuple[int, int, int]) -> Image.Image:
    """A cloth over this share of the face below the eyes, from the chin upwards. Eyes and chin as in every portrait."""
    eyes, chin = 0.42 * person.height, 0.62 * person.height
    picture = person.copy()
    box = (0.27 * person.width, chin - share * (chin - eyes), 0.73 * person.width, chin + 0.02 * person.height)
    cloth = Image.new("RGBA", person.size, (*colour, 255))
    mask = Image.new("L", person.size)
    ImageDraw.Draw(mask).rounded_rectangle(box, 40, fill=255)
    picture.paste(cloth, mask=ImageChops.multiply(mask, person.getchannel("A")))
    return picture


def _darker(wall: Image.Image, levels: np.ndarray) -> Image.Image:
    return Image.fromarray(np.clip(np.asarray(wall, np.float32) - levels[..., None], 0, 255).astype(np.uint8))
