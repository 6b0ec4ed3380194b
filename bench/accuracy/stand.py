"""A person before a white wall in even light, so many cm away from a phone's main lens. Pure."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from bench.accuracy.portraits import grain
from bench.accuracy.sitters import NotUsable, Sitter

FACE = 14.5  # cm before the ears, give or take SPREAD
SPREAD = 0.08
EYES = 0.42  # of the frame's height: where whoever holds the phone brings the eyes, give or take ASTRAY
ASTRAY = 0.03
SHOULDERS = 1.4  # of the face's width to either side
SLOPE = 0.4


@dataclass(frozen=True)
class Camera:
    """An upright frame of 3:4; `angle` is what it sees across, in degrees."""

    width: int
    height: int
    angle: float

    def __str__(self) -> str:
        return f"{self.width}×{self.height}, {self.angle:g}°"

    def across(self, distance: float) -> float:
        """Width in cm of what it sees at a distance in cm."""
        return 2 * distance * math.tan(math.radians(self.angle / 2))


CAMERAS = (Camera(1512, 2016, 53), Camera(1080, 1440, 53), Camera(3024, 4032, 53), Camera(1512, 2016, 60))
DISTANCES = (60, 80, 90, 100, 120)  # cm
SWAY = (-1, 1)  # cm: nobody stands quite still


class TooFewPixels(NotUsable):
    """The photograph would have to be enlarged."""

    def __init__(self) -> None:
        super().__init__("too few px for this distance")


@dataclass(frozen=True)
class Stand:
    """Who stands where; `sway`: so many cm further for a moment, all else being the same."""

    sitter: Sitter
    camera: Camera
    distance: float
    sway: float = 0

    def image(self) -> Image.Image:
        """The camera's frame. Raises NotUsable."""
        cut, chance = self.sitter.cut, self._chance
        ends = cut.ends()
        size = FACE * (1 + SPREAD * chance[0]) / self.camera.across(self.distance + self.sway) * self.camera.width
        times = size / cut.head.width
        if times > 1 and not self.sitter.enlarged:
            raise TooFewPixels
        left = self.camera.width * (0.5 + ASTRAY * chance[1]) - cut.head.centre * times
        top = self.camera.height * (EYES + ASTRAY * chance[2]) - cut.head.eyes * times
        frame = self._wall(chance)
        body = [(left + x * times, top + y * times) for x, y in ends]
        middle = left + cut.head.centre * times
        _clothed(frame, body, (middle - SHOULDERS * size, middle + SHOULDERS * size), _cloth(cut.image))
        person = cut.image.resize(
            (round(cut.image.width * times), round(cut.image.height * times)), Image.Resampling.LANCZOS
        )
        frame.paste(person, (round(left), round(top)), person.getchannel("A"))
        return grain(frame, seed=1)

    @property
    def _chance(self) -> np.ndarray:
        """Five numbers from -1 to 1, for ever the same."""
        seed = zlib.crc32(f"{self.sitter.name} {self.camera} {self.distance:g}".encode())
        chance: np.ndarray = np.random.default_rng(seed).uniform(-1, 1, 5)
        return chance

    def _wall(self, chance: np.ndarray) -> Image.Image:
        """Greyish white, a little darker towards one side."""
        level, tilt = 242 + 6 * chance[3], 4 * chance[4]
        row = np.linspace(level - tilt, level + tilt, self.camera.width)
        shape = (self.camera.height, self.camera.width, 3)
        return Image.fromarray(np.broadcast_to(row[None, :, None], shape).round().astype(np.uint8))


def _clothed(
    frame: Image.Image, ends: list[tuple[float, float]], sides: tuple[float, float], colour: tuple[int, int, int]
) -> None:
    """Shoulders and body where the photograph has ended."""
    (x1, y1), (x2, y2) = ends
    left, right = min(x1, sides[0]), max(x2, sides[1])
    low = frame.height + 9
    outline = [(x1, y1), (left, y1 + SLOPE * (x1 - left)), (left, low)]
    outline += [(right, low), (right, y2 + SLOPE * (right - x2)), (x2, y2)]
    mask = Image.new("L", frame.size)
    ImageDraw.Draw(mask).polygon(outline, fill=255)
    frame.paste(Image.new("RGB", frame.size, colour), mask=mask.filter(ImageFilter.GaussianBlur(1.5)))


def _cloth(cut: Image.Image) -> tuple[int, int, int]:
    """The median colour of the lowest part of the person."""
    rows = np.asarray(cut)[-max(4, cut.height // 20) :].reshape(-1, 4)
    red, green, blue = np.median(rows[rows[:, 3] > 200][:, :3], axis=0).astype(int).tolist()
    return red, green, blue
