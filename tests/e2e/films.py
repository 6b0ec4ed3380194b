"""Films for the fake camera: a face before a plain wall, as it should be and with one thing wrong."""

from __future__ import annotations

import math
import random
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from tests.pictures import CLOTH, WALL, portrait, written

SIZE = (810, 1080)
LENS = 53  # degrees across the upright 3:4 frame of a phone's main camera (26 mm, as such lenses are named)
FACE = 15  # cm from side to side, before the ears
OF_PORTRAIT = 224 / 480  # of its width is the face
EYES_OF_PORTRAIT = 285 / 640  # of its height
EYES_AT = 0.4  # of the height: a phone held upright, level with the face
RATE = 30  # frames a second, as Chromium plays such files


def good() -> Image.Image:
    """Hair, eyes and width where the rule pack wants them."""
    return portrait(*SIZE)


def dark() -> Image.Image:
    """An eighth of the light."""
    return good().point(lambda level: level // 8)


def tilted() -> Image.Image:
    """Leaning by 15 degrees."""
    return good().rotate(15, Image.Resampling.BICUBIC, fillcolor=WALL)


def far() -> Image.Image:
    """At twice the distance."""
    return _with((0.5, 0.25, 0.3))


def two() -> Image.Image:
    """Side by side."""
    return _with((0.55, -0.03, 0.3), (0.55, 0.48, 0.3))


def share(cm: float) -> float:
    """How much of the frame's width a face takes at this distance from the main lens of a phone."""
    return FACE / (2 * cm * math.tan(math.radians(LENS / 2)))


def standing(cm: float, size: tuple[int, int], behind: Image.Image | None = None) -> Image.Image:
    """Somebody at this distance from the main lens of a phone with such frames; before a white wall, if nothing else.

    The server accepts it when the wall is plain and the frame has px enough.
    """
    width = round(size[0] * share(cm) / OF_PORTRAIT)
    person = portrait(width, round(width * 4 / 3))
    image = behind.resize(size) if behind else Image.new("RGB", size, WALL)
    corner = ((size[0] - width) // 2, round(EYES_AT * size[1] - EYES_OF_PORTRAIT * person.height))
    image.paste(CLOTH, (corner[0], corner[1] + person.height, corner[0] + width, size[1]))
    image.paste(person, corner, _outline(person))
    noise = np.random.default_rng(2).normal(0, 2.5, (size[1], size[0], 1))
    return Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))


def street() -> Image.Image:
    """Houses with windows and signs."""
    chance = random.Random(4)
    image = Image.new("RGB", SIZE, (150, 160, 170))
    pen = ImageDraw.Draw(image)
    for _ in range(900):
        x, y, width, height = (most * chance.random() for most in (*SIZE, 0.08 * SIZE[0], 0.08 * SIZE[1]))
        colour = (chance.randrange(20, 250), chance.randrange(20, 250), chance.randrange(20, 250))
        pen.rectangle((x, y, x + width, y + height), fill=colour)
    return image


def shown(path: Path, *scenes: Image.Image, seconds: float = 6) -> Path:
    """An MJPEG in which each scene lasts so long, over and over."""
    with path.open("wb") as film:
        for scene in scenes:
            film.write(written(scene, "JPEG", quality=85) * round(RATE * seconds))
    return path


def _with(*places: tuple[float, float, float]) -> Image.Image:
    """The portrait once for each size, left and top, as shares of the picture; cut off where the next begins."""
    image = good().copy()
    image.paste(WALL, (0, 0, *SIZE))
    for size, left, top in places:
        small = good().resize((round(SIZE[0] * size), round(SIZE[1] * size)), Image.Resampling.BICUBIC)
        image.paste(small, (round(SIZE[0] * left), round(SIZE[1] * top)))
    return image


def _outline(person: Image.Image) -> Image.Image:
    """Where the portrait is not wall."""
    away = np.abs(np.asarray(person, np.int16) - np.array(WALL)).max(axis=2) > 16
    return Image.fromarray(np.where(away, 255, 0).astype(np.uint8))
