"""The typefaces of the form, and what they can write."""

from __future__ import annotations

import struct
from bisect import bisect_right
from functools import cache
from pathlib import Path
from unicodedata import category

import noto_cjk_sans_otc
import pylopdf_fonts_zh_cn

INVISIBLE = ("Cc", "Cf", "Zs", "Zl", "Zp")
Spans = list[tuple[int, int]]


def files() -> list[Path]:
    """Noto Serif SC for what is filled in, Noto Sans SC for labels, Noto Sans CJK for characters that both lack."""
    rare = Path(str(noto_cjk_sans_otc.FONT_PATH))
    return [pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path(), rare]


def missing(text: str) -> list[str]:
    """The characters of a text that no typeface has, each once, in order; they are printed as a box."""
    seen = [each for each in dict.fromkeys(text) if category(each) not in INVISIBLE]
    return [each for each in seen if not any(_has(file, each) for file in _used())]


@cache
def _used() -> tuple[Path, ...]:
    serif, _sans, rare = files()
    return serif, rare


def _has(file: Path, character: str) -> bool:
    spans = covered(file)
    at = bisect_right(spans, (ord(character), 0x110000)) - 1
    return at >= 0 and ord(character) <= spans[at][1]


@cache
def covered(file: Path) -> Spans:
    """First and last code points of what an OpenType file (or the first of a collection) can write, in order.

    Raises ValueError when it has no table for all of Unicode (`cmap` of format 12).
    """
    with file.open("rb") as opened:
        start = 0
        if opened.read(4) == b"ttcf":
            opened.seek(12)
            [start] = struct.unpack(">I", opened.read(4))
        opened.seek(start + 4)
        [tables] = struct.unpack(">H6x", opened.read(8))
        records = [struct.unpack(">4s4xII", opened.read(16)) for _ in range(tables)]
        [(offset, size)] = [(offset, size) for tag, offset, size in records if tag == b"cmap"]
        opened.seek(offset)
        return _spans(opened.read(size))


def _spans(table: bytes) -> Spans:
    [count] = struct.unpack_from(">2xH", table)
    offsets = [struct.unpack_from(">4xI", table, 4 + 8 * at)[0] for at in range(count)]
    for offset in offsets:
        if struct.unpack_from(">H", table, offset) == (12,):
            [groups] = struct.unpack_from(">12xI", table, offset)
            return [struct.unpack_from(">II", table, offset + 16 + 12 * at) for at in range(groups)]
    raise ValueError("no table of format 12")
