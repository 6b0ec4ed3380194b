"""Checks on the bytes of a file before it is decoded. Pure, and cheap on hostile input."""

from __future__ import annotations

from app.base.errors import N_, Refused
from app.imaging.intake import Unreadable, heic, jpeg, png
from app.imaging.packs.pack import Pack

KINDS = {"image/jpeg": jpeg, "image/png": png, "image/heic": heic, "image/heif": heic}


class WrongType(Refused):
    """The bytes are not of the declared type, or not JPEG, PNG or HEIC."""

    def __init__(self) -> None:
        super().__init__("wrong_type", N_("这不是 JPEG、PNG 或 HEIC 照片。请换一张照片，或重新拍照。"), 415)


def kind_of(body: bytes) -> str | None:
    """The content type, by the first bytes; None when it is not JPEG, PNG or HEIC."""
    return next((kind for kind, form in KINDS.items() if form.begins(body)), None)


def agreed(body: bytes, declared: str) -> str:
    """The content type, if the bytes are of the declared type. Raises WrongType."""
    kind = kind_of(body)
    wanted = declared.partition(";")[0].strip().lower()
    if kind is None or KINDS[kind] is not KINDS.get(wanted):
        raise WrongType
    return kind


def examine(body: bytes, kind: str, pack: Pack) -> None:
    """Follow the structure of the file to its end. Raises Unreadable with a reason."""
    if len(body) > pack.max_bytes:
        raise Unreadable("too_large")
    KINDS[kind].walk(body, int(pack.gate.max_scans.value))


def measure(width: int, height: int, frames: int, pack: Pack) -> None:
    """Check size (px) and number of frames from the header against the pack. Raises Unreadable."""
    if frames != 1:
        raise Unreadable("frames")
    if width * height > pack.gate.max_pixels.value:
        raise Unreadable("pixels")
