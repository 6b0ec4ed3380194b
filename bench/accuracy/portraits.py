"""Good portraits: each face as it is and mirrored, before walls and in lights that are all allowed."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from bench.accuracy.faces import FACES, SIZE, Face, layer

Colour = tuple[int, int, int]
QUALITY = 92
SENSOR = 2  # levels


@dataclass(frozen=True)
class Good:
    """A portrait that breaks no rule. `light` multiplies red, green, blue; `zoom` the person, `seed` the noise."""

    face: Face
    mirrored: bool = False
    wall: Colour = (226, 230, 234)
    light: tuple[float, float, float] = (1, 1, 1)
    zoom: float = 1
    seed: int = 1

    def person(self) -> Image.Image:
        """RGBA, 750×1000: who stands before the wall."""
        return _person(self.face, self.mirrored, self.light, self.zoom)

    def behind(self) -> Image.Image:
        """The plain wall."""
        return Image.new("RGB", SIZE, self.wall)

    def image(self, behind: Image.Image | None = None, person: Image.Image | None = None) -> Image.Image:
        """The picture; with something else `behind`, or the `person` changed."""
        return grain(self.clean(behind, person), self.seed)

    def clean(self, behind: Image.Image | None = None, person: Image.Image | None = None) -> Image.Image:
        """The picture without the noise of a sensor."""
        picture, person = (behind or self.behind()).copy(), person or self.person()
        picture.paste(person, mask=person.getchannel("A"))
        return picture


@cache
def _person(face: Face, mirrored: bool, light: tuple[float, float, float], zoom: float) -> Image.Image:
    person = layer(face)
    if mirrored:
        person = ImageOps.mirror(person)
    if zoom != 1:
        person = larger(person, zoom)
    colours = np.asarray(person, np.float32) * np.array([*light, 1], np.float32)
    return Image.fromarray(np.clip(colours, 0, 255).astype(np.uint8))


def larger(person: Image.Image, zoom: float) -> Image.Image:
    """By this factor about the top of the head, which stays; cut to the frame."""
    width, height = SIZE
    x, y = width / 2, 0.1 * height
    box = (x - x / zoom, y - y / zoom, x + (width - x) / zoom, y + (height - y) / zoom)
    return person.transform(SIZE, Image.Transform.EXTENT, box, Image.Resampling.BICUBIC)


def grain(image: Image.Image, seed: int) -> Image.Image:
    """With the noise of a sensor."""
    seen = np.asarray(image.convert("RGB"), np.int16) + _noise(seed, image.height, image.width)
    return Image.fromarray(np.clip(seen, 0, 255).astype(np.uint8))


@cache
def _noise(seed: int, height: int, width: int) -> npt.NDArray[np.int16]:
    noise = np.random.default_rng(seed).normal(0, SENSOR, (height, width, 1))
    return np.broadcast_to(noise.round(), (height, width, 3)).astype(np.int16)


def jpeg(image: Image.Image, quality: int = QUALITY) -> bytes:
    """As a phone would send it."""
    into = io.BytesIO()
    image.save(into, "JPEG", quality=quality)
    return into.getvalue()


VARIANTS = (
    {"wall": (226, 230, 234)},
    {"wall": (244, 244, 242), "light": (1.04, 1, 0.94), "seed": 2},
    {"wall": (235, 238, 241), "light": (0.96, 1, 1.05), "seed": 3},
    {"wall": (238, 236, 232), "zoom": 1.04, "seed": 4},
)


def good() -> list[Good]:
    """32 portraits of the four persons."""
    plain = [Good(face, mirrored) for face in FACES for mirrored in (False, True)]
    return [replace(each, **variant) for each in plain for variant in VARIANTS]
