"""JPEG: segments with lengths, then scans of entropy-coded bytes, each ended by the next marker."""

from __future__ import annotations

import re

from app.imaging.intake import Unreadable

START = b"\xff\xd8"
SOS, EOI = 0xDA, 0xD9
FRAME_HEADERS = {0xC0, 0xC1, 0xC2}
OTHER_CODINGS = {0xC3, *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)}
STUFFED, RESTART, FILL = rb"\x00", rb"\xd0-\xd7", rb"\xff"
MARKER = re.compile(rb"\xff+([^\x00\xff])")
END_OF_SCAN = re.compile(rb"\xff([^" + STUFFED + RESTART + FILL + rb"])")


def begins(body: bytes) -> bool:
    """Whether the bytes start like a JPEG."""
    return body.startswith(START + b"\xff")


def walk(body: bytes, max_scans: int) -> None:
    """Follow the markers from SOI to EOI, counting scans. Raises Unreadable."""
    position, scans, frames = len(START), 0, 0
    while True:
        marker, position = _marker(body, position, in_scan=scans > 0)
        if marker == EOI:
            break
        frames += marker in FRAME_HEADERS
        scans += marker == SOS
        if scans > max_scans:
            raise Unreadable("scans")
        if marker in OTHER_CODINGS:
            raise Unreadable("damaged")
        position += _length(body, position)
    if frames != 1 or not scans:
        raise Unreadable("damaged")
    _nothing_after(body, position)


def _marker(body: bytes, position: int, in_scan: bool) -> tuple[int, int]:
    """The next marker and the position behind it; within a scan, entropy-coded bytes may precede it."""
    found = END_OF_SCAN.search(body, position) if in_scan else MARKER.match(body, position)
    if not found:
        raise Unreadable("truncated" if in_scan or position >= len(body) else "damaged")
    return found[1][0], found.end()


def _length(body: bytes, position: int) -> int:
    length = int.from_bytes(body[position : position + 2], "big")
    if position + length > len(body) or len(body) < position + 2:
        raise Unreadable("truncated")
    if length < 2:
        raise Unreadable("damaged")
    return length


def _nothing_after(body: bytes, end: int) -> None:
    """Raises Unreadable when something follows; some cameras pad with zeros, which is allowed."""
    rest = body[end:].lstrip(b"\0")
    if rest:
        raise Unreadable("frames" if begins(rest) else "trailing")
