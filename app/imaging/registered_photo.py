"""The registered photo: the crop as a JPEG whose size in bytes is within the pack's limits. Nothing is retouched.

Raises nothing: when no quality gives a size within the limits, the check `derived_size` reports it.
"""

from __future__ import annotations

import io
import math

from PIL import Image

from app.imaging.packs.pack import Pack

FIRST, HIGHEST = 92, 100
CLOSE, AIM = 0.9, 0.95  # of the most bytes: at CLOSE a higher quality is not worth a try; each try aims at AIM
FALL = 0.65  # the bytes of a portrait fall about with this power of (101 - quality)
SIZE = "derived_size"
FULL, HALVED = 0, 2  # Pillow's names for 4:4:4 and 4:2:0


def encode(image: Image.Image, pack: Pack) -> bytes:
    """The JPEG of about the highest quality within the pack's limits in bytes, or as near to them as possible."""
    rules = pack.registered_photo
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
    """Whether its size is within the limits."""
    least, most = pack.checks[SIZE].bounds
    return least <= len(body) <= most


def _likely(quality: int, share: float) -> int:
    """The quality expected to change the size from this share of the most bytes to AIM."""
    return HIGHEST + 1 - round((HIGHEST + 1 - quality) * math.pow(share / AIM, 1 / FALL))


def _encoded(image: Image.Image, quality: int, subsampling: int, dpi: int) -> bytes:
    into = io.BytesIO()
    image.save(into, "JPEG", quality=quality, subsampling=subsampling, dpi=(dpi, dpi))
    return into.getvalue()
