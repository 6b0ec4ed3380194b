"""The picture that is registered: the cut of the scene as a JPEG of the size that the pack wants. Nothing is retouched.

Raises nothing: a picture whose bytes cannot be brought between the limits is a finding of the check `derived_size`.
"""

from __future__ import annotations

import io
import math

from PIL import Image

from app.imaging.packs.pack import Pack

FIRST, HIGHEST = 92, 100
CLOSE, AIM = 0.9, 0.95  # of the most bytes: a higher quality would not show, and what the next try aims at
FALL = 0.65  # bytes of a portrait fall about with this power of (101 - quality)
SIZE = "derived_size"
FULL, HALVED = 0, 2  # Pillow's names for 4:4:4 and 4:2:0


def nearest(image: Image.Image, pack: Pack) -> bytes:
    """The image at about the highest quality that fits the pack's limits in bytes, or as near to them as it gets."""
    rules = pack.derived
    dpi, (least, most) = int(rules.dpi.value), pack.checks[SIZE].bounds
    low, high = int(rules.min_quality.value), HIGHEST
    kept, quality = b"", FIRST
    while low <= high:
        body = _encoded(image, quality, HALVED, dpi)
        if len(body) > most:
            high = quality - 1
        else:
            kept, low = body, quality + 1
            if len(body) > CLOSE * most:
                break
        quality = max(low, min(high, _likely(quality, len(body) / most)))
    if kept and len(kept) < least:
        return _encoded(image, HIGHEST, FULL, dpi)
    return kept or body


def fits(body: bytes, pack: Pack) -> bool:
    """Its bytes are between the limits."""
    least, most = pack.checks[SIZE].bounds
    return least <= len(body) <= most


def _likely(quality: int, share: float) -> int:
    """The quality that brings the picture from this share of the most bytes to the aim."""
    return HIGHEST + 1 - round((HIGHEST + 1 - quality) * math.pow(share / AIM, 1 / FALL))


def _encoded(image: Image.Image, quality: int, subsampling: int, dpi: int) -> bytes:
    into = io.BytesIO()
    image.save(into, "JPEG", quality=quality, subsampling=subsampling, dpi=(dpi, dpi))
    return into.getvalue()
