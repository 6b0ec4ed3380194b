"""Detail of the face: blur, motion blur, enlargement."""

from __future__ import annotations

import numpy as np
from PIL import Image

from app.imaging.checks.check import Check
from app.imaging.networks import Floats
from app.imaging.scene.scene import Scene

ACROSS = (((0, 1), (1, 0)), ((1, 1), (1, -1)))
PATCH = 256


def sharpness(scene: Scene) -> float | None:
    """Share of the gradient energy between the fine and the coarse blur; noise, contrast and skin tone cancel out."""
    if scene.blurred is None:
        return None
    fine, coarse = scene.blurred
    return 1 - _energy(coarse) / max(_energy(fine), 1e-6)


def motion_blur(scene: Scene) -> float | None:
    """Detail in one direction over that across it, where they differ most: 1 when all are alike."""
    if scene.blurred is None:
        return None
    fine, coarse = scene.blurred
    pairs = [[_contrast(fine - coarse, way) for way in pair] for pair in ACROSS]
    return min(min(pair) / max(*pair, 1e-6) for pair in pairs)


def upscaled(scene: Scene) -> float | None:
    """RMS difference, in levels, after every second px of the face was dropped and interpolated."""
    patch = face_patch(scene)
    if patch is None:
        return None
    half = patch.resize((patch.width // 2, patch.height // 2), Image.Resampling.BOX)
    return float(np.sqrt(np.mean((_floats(patch) - _floats(half.resize(patch.size, Image.Resampling.BICUBIC))) ** 2)))


def face_patch(scene: Scene) -> Image.Image | None:
    """The middle of the face in grey, as detailed as it was decoded, at most 256 px wide; None when it is too small."""
    if scene.head is None:
        return None
    times = scene.detailed.width / scene.view.width
    reach = int(min(PATCH / 2, scene.head.width * times / 2)) // 2 * 2
    x, y = int(scene.head.centre * times), int((scene.head.eyes + 0.3 * scene.head.width) * times)
    box = (x - reach, y - reach, x + reach, y + reach)
    return scene.detailed.crop(box).convert("L") if reach >= PATCH / 8 else None


def _floats(image: Image.Image) -> Floats:
    return np.asarray(image, np.float32)


def _energy(values: Floats) -> float:
    across, down = np.diff(values, axis=1), np.diff(values, axis=0)
    return float((across**2).mean() + (down**2).mean())


def _contrast(values: Floats, way: tuple[int, int]) -> float:
    """Mean squared difference of neighbours in a direction: down, across."""
    down, across = way
    rows, columns = values.shape[0] - down, values.shape[1] - abs(across)
    start = max(0, -across)
    one = values[:rows, start : start + columns]
    other = values[down : down + rows, start + across : start + across + columns]
    return float(((one - other) ** 2).mean())


CHECKS = (
    Check("sharpness", sharpness),
    Check("motion_blur", motion_blur),
    Check("upscaled", upscaled),
)
