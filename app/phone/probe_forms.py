"""What a phone says of a picture that is not here, beside its crop: read strictly."""

from __future__ import annotations

from flask import Request

from app.http import uploads
from app.imaging.probe import WholeFacts

LONGEST = 100_000  # px that any side may be said to have


def told(request: Request) -> WholeFacts:
    """The facts in the headers; Refused 400."""
    size = uploads.number(request, "Picture-Length")
    width, height, across = (_px(request, name) for name in ("Picture-Width", "Picture-Height", "Crop-Width"))
    if across > width:
        raise uploads.bad("Crop-Width")
    return WholeFacts(size, width, height, across)


def _px(request: Request, name: str) -> int:
    side = uploads.number(request, name)
    if not 1 <= side <= LONGEST:
        raise uploads.bad(name)
    return side
