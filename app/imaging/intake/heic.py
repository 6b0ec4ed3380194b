"""HEIC: boxes with length and type, one after another to the end; libheif decodes what is in them."""

from __future__ import annotations

from app.imaging.intake import Unreadable

STILL = {b"heic", b"heix", b"heim", b"heis", b"mif1"}
MOVING = {b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"}
ALLOWED = {b"ftyp", b"meta", b"mdat", b"free", b"skip", b"uuid"}
HEAD = 8


def begins(body: bytes) -> bool:
    """Whether the bytes start like a HEIC picture or sequence."""
    return body[4:8] == b"ftyp" and body[8:12] in STILL | MOVING


def walk(body: bytes, max_scans: int) -> None:  # noqa: ARG001 — the same for all formats
    """Follow the boxes to the end of the file. Raises Unreadable."""
    if body[8:12] in MOVING:
        raise Unreadable("frames")
    position = 0
    seen: set[bytes] = set()
    while position < len(body):
        name = body[position + 4 : position + HEAD]
        if name == b"moov":
            raise Unreadable("frames")
        if name not in ALLOWED:
            raise Unreadable("trailing" if {b"meta", b"mdat"} <= seen else "damaged")
        seen.add(name)
        position += _length(body, position)
    if not {b"meta", b"mdat"} <= seen:
        raise Unreadable("truncated")


def _length(body: bytes, position: int) -> int:
    """Length of the box in bytes; stated as 1, a 64-bit number follows; as 0, the box ends with the file."""
    length = int.from_bytes(body[position : position + 4], "big")
    if length == 1:
        length = int.from_bytes(body[position + HEAD : position + 2 * HEAD], "big")
    length = length or len(body) - position
    if length < HEAD:
        raise Unreadable("damaged")
    if position + length > len(body):
        raise Unreadable("truncated")
    return length
