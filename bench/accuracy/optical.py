"""The faults of light and of detail, from the mildest to the gravest level."""

from __future__ import annotations

from PIL import Image

from bench.accuracy import light
from bench.accuracy.faces import SIZE
from bench.accuracy.fault import Fault
from bench.accuracy.portraits import Good, grain

PX = SIZE[0] / 480  # of the picture, for one of the registered one
NOISE = 6  # levels


def _exposed(good: Good, factor: float) -> Image.Image:
    return light.exposed(good.image(), factor)


LIGHT = (
    Fault("dark", "luminance_mean", "× light", (0.5, 0.4, 0.2), _exposed, wanted=lambda _good, by, base: base * by),
    Fault("very dark", "under_exposure", "× light", (0.3, 0.15), _exposed),
    Fault("clipped highlights", "over_exposure", "× light", (1.3, 1.7, 3), _exposed),
    Fault(
        "light from one side",
        "illumination_uniformity",
        "lost on the right",
        (0.3, 0.5, 0.7, 0.85),
        lambda good, by: light.from_the_side(good.image(), by),
        breaks=0.7,
    ),
    Fault(
        "coloured light",
        "natural_colour",
        "of the red lost",
        (0.3, 0.45),
        lambda good, by: light.coloured(good.image(), by),
    ),
    Fault(
        "coloured light",
        "background_colour",
        "of the red lost",
        (0.3, 0.45),
        lambda good, by: light.coloured(good.image(), by),
        breaks=0.3,
    ),
    Fault("haze", "dynamic_range", "of the contrast lost", (0.8, 0.9), lambda good, by: light.hazy(good.image(), by)),
)

DETAIL = (
    Fault(
        "out of focus",
        "sharpness",
        "px of 480×640",
        (1, 2, 3, 4),
        lambda good, by: grain(light.blurred(good.clean(), by * PX), good.seed),
        breaks=3,
        remark="the limit lies between 2 and 3 px",
    ),
    Fault(
        "out of focus and noisy",
        "sharpness",
        "px of 480×640",
        (2, 4),
        lambda good, by: light.noisy(light.blurred(good.clean(), by * PX), NOISE, good.seed),
        breaks=3,
        remark=f"noise of {NOISE} levels, as of dim rooms",
    ),
    Fault(
        "shaken",
        "motion_blur",
        "px of 480×640",
        (6, 12, 20),
        lambda good, by: grain(light.shaken(good.clean(), by * PX), good.seed),
        breaks=12,
    ),
    Fault(
        "strongly compressed",
        "compression",
        "quality",
        (80, 60, 50, 15),
        lambda good, _by: good.image(),
        wanted=lambda _good, by, _base: by,
        quality=int,
    ),
    Fault(
        "compressed, then saved again at 95",
        "compression",
        "quality before",
        (50, 30, 15),
        lambda good, by: light.through_jpeg(good.image(), int(by)),
        quality=lambda _level: 95,
    ),
    Fault("enlarged", "upscaled", "times", (2, 3, 4), lambda good, by: light.enlarged(good.image(), by), breaks=2),
    Fault(
        "photographed off a screen",
        "recapture",
        "depth of the raster",
        (0.02, 0.05, 0.15),
        lambda good, by: light.off_a_screen(good.image(), by),
        breaks=0.05,
        remark="a drawn raster of 2.6 px, as regular as no real screen: kinder than life",
    ),
    Fault(
        "photographed off glossy paper",
        "recapture",
        "of the contrast lost",
        (0.1, 0.3),
        lambda good, by: light.off_a_print(good.image(), by),
        breaks=0.1,
    ),
)
