"""Films for the fake camera: a face before a plain wall, as it should be and with one thing wrong."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.pictures import WALL, portrait, written

SIZE = (810, 1080)
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
