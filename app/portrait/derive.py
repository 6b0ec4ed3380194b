"""The picture that is registered: the cut of the scene as a JPEG of the size that the pack wants. Nothing is retouched.

Raises nothing: a picture whose bytes cannot be brought between the limits gives None.
"""

from __future__ import annotations

import io

from PIL import Image

from app.portrait.pack import Pack
from app.portrait.scene import Scene

FIRST, HIGHEST = 92, 100
CLOSE = 0.9  # of the most bytes: a higher quality would not show
FULL, HALVED = 0, 2  # Pillow's names for 4:4:4 and 4:2:0


def derive(scene: Scene) -> bytes | None:
    """The registered picture: 480×640, sRGB, 24 bits. None without a face, as there is nothing to cut by."""
    return written(scene.portrait, scene.pack) if scene.head else None


def written(image: Image.Image, pack: Pack) -> bytes | None:
    """The image at the highest quality that fits the pack's limits in bytes."""
    rules = pack.derived
    low, high = int(rules.min_quality.value), HIGHEST
    kept = None
    quality = FIRST
    while low <= high:
        body = _encoded(image, quality, HALVED, int(rules.dpi.value))
        if len(body) <= rules.max_bytes.value:
            kept, low = body, quality + 1
            if len(body) > CLOSE * rules.max_bytes.value:
                break
        else:
            high = quality - 1
        quality = (low + high + 1) // 2
    if kept and len(kept) < rules.min_bytes.value:
        kept = _encoded(image, HIGHEST, FULL, int(rules.dpi.value))
    return kept if kept and rules.min_bytes.value <= len(kept) <= rules.max_bytes.value else None


def _encoded(image: Image.Image, quality: int, subsampling: int, dpi: int) -> bytes:
    into = io.BytesIO()
    image.save(into, "JPEG", quality=quality, subsampling=subsampling, dpi=(dpi, dpi))
    return into.getvalue()
