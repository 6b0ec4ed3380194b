"""PNG: a signature, then chunks with length, type and checksum, IEND last."""

from __future__ import annotations

from app.imaging.intake import Unreadable

SIGNATURE = b"\x89PNG\r\n\x1a\n"
FRAME = 12  # length, type and checksum around a chunk's content
DEPTH_AT = 24


def begins(body: bytes) -> bool:
    """Whether the bytes start like a PNG."""
    return body.startswith(SIGNATURE)


def walk(body: bytes, max_scans: int) -> None:  # noqa: ARG001 — the same for all formats
    """Follow the chunks to IEND, which must be the end. Raises Unreadable."""
    if body[12:16] != b"IHDR" or len(body) <= DEPTH_AT:
        raise Unreadable("truncated" if len(body) <= DEPTH_AT else "damaged")
    if body[DEPTH_AT] > 8:
        raise Unreadable("depth")
    position, name = len(SIGNATURE), b""
    while name != b"IEND":
        name = body[position + 4 : position + 8]
        position += FRAME + int.from_bytes(body[position : position + 4], "big")
        if position > len(body):
            raise Unreadable("truncated")
    if body[position:].strip(b"\0"):
        raise Unreadable("trailing")
