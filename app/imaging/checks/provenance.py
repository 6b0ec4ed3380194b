"""Where the picture comes from: traces of strong compression, of a screen or a print."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.imaging.checks.check import Check
from app.imaging.checks.detail import face_patch
from app.imaging.networks import Floats
from app.imaging.scene.regions import Mask
from app.imaging.scene.scene import Scene

BLOCK = 8
BLOCKY = 1.6  # ratio of the steps at block borders to those within, above which blocks are visible
BEST = 100
CLEAN = 90  # a quality without visible blocks
# Luminance at quality 50, as in Annex K of the JPEG standard: its mean, scaled, tells the quality.
STANDARD_MEAN = 57.625
COARSE, FINE = 0.12, 0.45  # cycles per px: below is the face itself, above is noise
SIDE = 128

Frequencies = npt.NDArray[np.float64]


def compression(scene: Scene) -> float | None:
    """Quality 1–100 by the quantisation tables, 100 when nothing was lost; None when visible blocks contradict them."""
    quality = _quality(scene)
    if scene.picture.reduced or quality < CLEAN:
        return quality
    image = scene.picture.image
    middle = image.crop(_grid_aligned(image.width, image.height)).convert("L")
    return quality if _blockiness(np.asarray(middle, np.float32)) < BLOCKY else None


def recapture(scene: Scene) -> float | None:
    """Decades by which the strongest fine pattern stands out of the face's spectrum: the raster of a screen."""
    patch = face_patch(scene)
    if patch is None or patch.width < SIDE:
        return None
    values = np.asarray(patch, np.float32)[:SIDE, :SIDE]
    window = np.hanning(SIDE).astype(np.float32)
    power = np.abs(np.fft.rfft2((values - values.mean()) * window[:, None] * window)) ** 2
    down, across = (each(SIDE).astype(np.float64) for each in (np.fft.fftfreq, np.fft.rfftfreq))
    down, across = down[:, None], across[None]
    radius = np.hypot(down, across)
    ring = (radius > COARSE) & (radius < FINE) & ~_blocks(down, across)
    strength = np.log10(power[ring] + 1e-3)
    steps = np.digitize(radius[ring], np.linspace(COARSE, FINE, 12))
    usual = np.array([np.median(strength[steps == step]) for step in range(1, 12)])
    return float((strength - usual[np.clip(steps, 1, 11) - 1]).max())


def _blocks(down: Frequencies, across: Frequencies) -> Mask:
    """Frequencies that JPEG blocks cause."""
    rows, columns = (np.abs(each * BLOCK - np.round(each * BLOCK)) < 2 * BLOCK / SIDE for each in (down, across))
    found: Mask = (rows & (np.abs(across) < 2 / SIDE)) | (columns & (np.abs(down) < 2 / SIDE))
    return found


def _quality(scene: Scene) -> float:
    """From the mean of the luminance table, as libjpeg scales it; rounded, as encoders round the tables."""
    if not scene.picture.tables:
        return BEST
    scale = float(np.mean(scene.picture.tables[min(scene.picture.tables)])) / STANDARD_MEAN
    return max(1.0, round(100 - 50 * scale if scale <= 1 else 50 / scale))


def _grid_aligned(width: int, height: int) -> tuple[int, int, int, int]:
    """The middle, at most 512 px a side, beginning on the grid of blocks."""
    left, top = ((side - min(side, 512)) // 2 // BLOCK * BLOCK for side in (width, height))
    return left, top, left + min(width, 512), top + min(height, 512)


def _blockiness(values: Floats) -> float:
    """Steps across the borders of blocks over steps elsewhere, in the direction where it shows more."""
    return max(_steps(values), _steps(values.T))


def _steps(values: Floats) -> float:
    steps = np.abs(np.diff(values, axis=1)).mean(axis=0)
    border = np.arange(steps.size) % BLOCK == BLOCK - 1
    return float(steps[border].mean() / max(steps[~border].mean(), 0.1))


CHECKS = (
    Check("compression", compression),
    Check("recapture", recapture),
)
