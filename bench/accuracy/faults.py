"""Every fault that is tried, from the mildest to the gravest level. None of the levels was chosen by what is found."""

from __future__ import annotations

import numpy as np
from PIL import Image
from scipy import ndimage
from skimage.color import rgb2lab

from app.imaging.packs.pack import load
from bench.accuracy import place
from bench.accuracy.faces import FACES, SIZE, layer
from bench.accuracy.fault import Fault
from bench.accuracy.optical import DETAIL, LIGHT
from bench.accuracy.portraits import Good, grain

STRANGE = (60, 90, 140)  # a blue that no pack allows
PAPER, SKIN = (232, 236, 240), (205, 160, 135)


def another(good: Good) -> Image.Image:
    """The next person in the list."""
    return layer(FACES[(FACES.index(good.face) + 1) % len(FACES)])


def far_from_allowed(good: Good, share: float, _base: float) -> float:
    """ΔE of 1976 from the nearest allowed colour, by scikit-image."""
    seen, *allowed = (
        rgb2lab(np.array(each, np.uint8)[None, None])
        for each in (place.mixed(good.wall, STRANGE, share), *load().background.rgb)
    )
    return min(float(np.linalg.norm(seen - each)) for each in allowed)


def rough(good: Good, wall: Image.Image) -> float:
    """Mean Sobel magnitude at 240×320 of the whole wall with nobody before it, by SciPy."""
    small = np.asarray(grain(wall, good.seed).resize((240, 320), Image.Resampling.BOX).convert("L"), np.float32)
    return float(np.hypot(ndimage.sobel(small, 0), ndimage.sobel(small, 1))[1:-1, 1:-1].mean())


PLACE = (
    Fault(
        "head or phone tilted",
        "roll",
        "°",
        (-16, -10, 10, 16),
        lambda good, by: place.turned(good.image(), by, good.wall),
        breaks=12,
        wanted=lambda _good, by, base: base + by,
        remark="these heads lean by up to 3° themselves: 10° is not sure to break the rule of 8°",
    ),
    Fault(
        "too far away",
        "face_width",
        "× size",
        (0.8, 0.6, 0.4),
        lambda good, by: good.image(person=place.sized(good.person(), by)),
        remark="cutting mends what there are px for, here down to about 0.65",
    ),
    Fault(
        "too far away",
        "inter_eye_distance",
        "× size",
        (0.7, 0.4),
        lambda good, by: good.image(person=place.sized(good.person(), by)),
        wanted=lambda _good, by, base: base * by,
    ),
    Fault(
        "too near",
        "face_width",
        "× size",
        (1.2, 1.45, 1.7),
        lambda good, by: good.image(person=place.sized(good.person(), by)),
        breaks=1.45,
        wanted=lambda _good, by, base: base * by,
        remark="a face of 225 px becomes 300 at 1.33",
    ),
    Fault(
        "beside the middle",
        "centring",
        "of the width",
        (0.1, 0.3),
        lambda good, by: good.image(person=place.moved(good.person(), by, 0)),
        remark="cutting mends about 0.2",
    ),
    Fault(
        "too high: hair cut off",
        "hair_line",
        "of the height",
        (0.04, 0.12),
        lambda good, by: good.image(person=place.moved(good.person(), 0, -by)),
        breaks=0.12,
    ),
    Fault(
        "too low",
        "eye_line",
        "of the height",
        (0.1, 0.2, 0.3),
        lambda good, by: good.image(person=place.moved(good.person(), 0, by)),
        remark="cutting mends about 0.2",
    ),
    Fault(
        "a second person behind",
        "single_face",
        "× size",
        (0.15, 0.25, 0.5),
        lambda good, by: good.image(place.with_another(good.behind(), another(good), by)),
        breaks=0.15,
    ),
    Fault(
        "paper over mouth and chin",
        "occlusion",
        "of eyes to chin",
        (0.3, 0.5, 0.7),
        lambda good, by: good.image(person=place.covered(good.person(), by, PAPER)),
        breaks=0.5,
    ),
    Fault(
        "something of the colour of skin over mouth and chin",
        "occlusion",
        "of eyes to chin",
        (0.5, 0.7),
        lambda good, by: good.image(person=place.covered(good.person(), by, SKIN)),
        breaks=0.5,
    ),
)

WALL = (
    Fault(
        "wall of another colour",
        "background_colour",
        "mixed with blue",
        (0.2, 0.35, 0.6),
        lambda good, by: good.image(Image.new("RGB", SIZE, place.mixed(good.wall, STRANGE, by))),
        breaks=0.35,
        wanted=far_from_allowed,
    ),
    Fault(
        "striped wall",
        "background_uniformity",
        "levels",
        (16, 32, 64),
        lambda good, by: good.image(place.striped(good.behind(), by)),
        breaks=32,
        wanted=lambda good, by, _base: rough(good, place.striped(good.behind(), by)),
    ),
    Fault(
        "wall darker towards one side",
        "background_colour",
        "levels in all",
        (40, 80, 120),
        lambda good, by: good.image(place.graded(good.behind(), by)),
        breaks=80,
    ),
    Fault(
        "shadow on the wall",
        "background_shadow",
        "of the light",
        (0.1, 0.2, 0.45),
        lambda good, by: good.image(place.shadowed(good.behind(), good.person(), by)),
        breaks=0.2,
        remark="the measure is a mean over a band that the shadow does not fill, so it is less than what was put in",
    ),
)

ALL = (*PLACE, *WALL, *LIGHT, *DETAIL)
