"""The background: plain, of an allowed colour, without a shadow. Measured at half the registered size."""

from __future__ import annotations

import numpy as np

from app.imaging.checks.check import Check
from app.imaging.networks import Floats
from app.imaging.scene.background import READING
from app.imaging.scene.colour import apart, lab
from app.imaging.scene.regions import Mask
from app.imaging.scene.scene import Scene

SPARSE = 4  # every fourth px is enough for a median
NEAR, FAR = 0.2, 0.4  # of the face's width from the head: where a shadow falls, and where none does


def background_uniformity(scene: Scene) -> float | None:
    """Mean Sobel magnitude."""
    background = scene.background
    return float(_sobel(background.luminance)[background.mask[1:-1, 1:-1]].mean()) if background.enough else None


def background_colour(scene: Scene) -> float | None:
    """ΔE between the median colour and the nearest allowed, in that third of the width where it is largest."""
    background = scene.background
    if not background.enough:
        return None
    thirds = (np.array_split(each, READING.columns, axis=1) for each in (background.colours, background.mask))
    parts = zip(*thirds, strict=True)
    seen = [np.median(colours[mask][::SPARSE], axis=0) for colours, mask in parts if mask.sum() >= READING.few]
    allowed = lab(np.array(scene.pack.background.rgb, np.uint8))
    return max(min(apart(lab(each.astype(np.uint8)), other) for other in allowed) for each in seen)


def background_shadow(scene: Scene) -> float | None:
    """How much darker it is beside the head than further out, on the darker side, as a share of the range."""
    background = scene.background
    if scene.head is None or not background.enough:
        return None
    head, crop = scene.head, scene.crop
    scale = crop.scale / READING.reduction
    reach, middle, eyes = head.width * scale, (head.centre - crop.left) * scale, (head.eyes - crop.top) * scale
    rows = slice(0, max(0, int(eyes + reach / 2)))
    sides = (np.s_[rows, max(0, int(middle)) :: -1], np.s_[rows, max(0, int(middle)) :])
    drops = [_drop(background.luminance[side], background.mask[side], background.person[side], reach) for side in sides]
    seen = [drop for drop in drops if drop is not None]
    return max(seen) / 255 if seen else None


def _drop(luminance: Floats, mask: Mask, person: Mask, reach: float) -> float | None:
    """How much darker it is near the head than far from it. Columns go outwards from the head, rows to the chin."""
    columns = np.arange(mask.shape[1])
    edge = np.where(person, columns, -1).max(axis=1, initial=-1)[:, None]
    near = mask & (columns - edge <= NEAR * reach) & (edge >= 0)
    far = mask & (columns - edge > FAR * reach)
    if near.sum() < READING.few or far.sum() < READING.few:
        return None
    return max(0.0, float(luminance[far].mean() - luminance[near].mean()))


def _sobel(luminance: Floats) -> Floats:
    """Magnitude of the gradient, without the outermost px; a step of one level gives 4."""
    across = luminance[:, 2:] - luminance[:, :-2]
    across = across[:-2] + 2 * across[1:-1] + across[2:]
    down = luminance[2:] - luminance[:-2]
    down = down[:, :-2] + 2 * down[:, 1:-1] + down[:, 2:]
    found: Floats = np.hypot(across, down)
    return found


CHECKS = (
    Check("background_uniformity", background_uniformity),
    Check("background_colour", background_colour),
    Check("background_shadow", background_shadow),
)
