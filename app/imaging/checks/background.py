"""The wall behind: plain, of an allowed colour, without a shadow. Seen at half the size of the registered picture."""

from __future__ import annotations

import numpy as np

from app.imaging.checks.check import Check
from app.imaging.networks import Floats
from app.imaging.scene.background import HALF
from app.imaging.scene.colour import apart, lab
from app.imaging.scene.regions import Mask
from app.imaging.scene.scene import Scene

FEW = 150  # px of the wall
SPARSE = 4  # every fourth px tells the same
THIRDS = 3
NEAR, FAR = 0.2, 0.4  # of the face's width from the head: where a shadow falls, and where none does


def background_uniformity(scene: Scene) -> float | None:
    """Mean Sobel magnitude."""
    wall = scene.wall
    return float(_sobel(wall.luminance)[wall.mask[1:-1, 1:-1]].mean()) if wall.enough else None


def background_colour(scene: Scene) -> float | None:
    """ΔE between the wall's median colour and the nearest allowed, in that third of the width where it is most."""
    wall = scene.wall
    if not wall.enough:
        return None
    parts = zip(*(np.array_split(each, THIRDS, axis=1) for each in (wall.colours, wall.mask)), strict=True)
    seen = [np.median(colours[mask][::SPARSE], axis=0) for colours, mask in parts if mask.sum() >= FEW]
    allowed = lab(np.array(scene.pack.background.rgb, np.uint8))
    return max(min(apart(lab(each.astype(np.uint8)), other) for other in allowed) for each in seen)


def background_shadow(scene: Scene) -> float | None:
    """How much darker the wall is beside the head than further out, on the darker side, as a share of the range."""
    wall = scene.wall
    if scene.head is None or not wall.enough:
        return None
    head, frame = scene.head, scene.frame
    reach = head.width * frame.scale / HALF
    middle, eyes = (head.centre - frame.left) * frame.scale / HALF, (head.eyes - frame.top) * frame.scale / HALF
    rows = slice(0, max(0, int(eyes + reach / 2)))
    sides = (np.s_[rows, max(0, int(middle)) :: -1], np.s_[rows, max(0, int(middle)) :])
    drops = [_drop(wall.luminance[side], wall.mask[side], wall.person[side], reach) for side in sides]
    seen = [drop for drop in drops if drop is not None]
    return max(seen) / 255 if seen else None


def _drop(luminance: Floats, mask: Mask, person: Mask, reach: float) -> float | None:
    """How much darker it is near the head than far from it. Columns go outwards from the head, rows to the chin."""
    columns = np.arange(mask.shape[1])
    edge = np.where(person, columns, -1).max(axis=1, initial=-1)[:, None]
    near = mask & (columns - edge <= NEAR * reach) & (edge >= 0)
    far = mask & (columns - edge > FAR * reach)
    if near.sum() < FEW or far.sum() < FEW:
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
