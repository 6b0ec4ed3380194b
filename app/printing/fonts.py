"""The typefaces of the form, and what they can write."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from unicodedata import category

import noto_cjk_sans_otc
import pylopdf_fonts_zh_cn

INVISIBLE = ("Cc", "Cf", "Zs", "Zl", "Zp")
ALL_OF_UNICODE = ((3, 10), (0, 6), (0, 4))  # platform and encoding of the tables that reach beyond U+FFFF


def files() -> list[Path]:
    """Noto Serif SC for what is filled in, Noto Sans SC for labels, Noto Sans CJK for characters that both lack."""
    rare = Path(str(noto_cjk_sans_otc.FONT_PATH))
    return [pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path(), rare]


def missing(text: str) -> list[str]:
    """The characters of a text that no typeface has, each once, in order; they are printed as a box."""
    seen = [each for each in dict.fromkeys(text) if category(each) not in INVISIBLE]
    return [each for each in seen if not any(ord(each) in covered(file) for file in _used())]


@cache
def _used() -> tuple[Path, ...]:
    serif, _sans, rare = files()
    return serif, rare


@cache
def covered(file: Path) -> frozenset[int]:
    """The code points that an OpenType file (or the first font of a collection) can write.

    Raises ValueError when it has no table for all of Unicode. fontTools is imported here: it takes 0.05 s, and only
    the page of the form asks.
    """
    from fontTools.ttLib import TTFont

    with TTFont(file, fontNumber=0, lazy=True) as font:
        numbers = map(str, range(font["maxp"].numGlyphs))
        font.setGlyphOrder(list(numbers))  # else it reads the name of every glyph
        found = font.getBestCmap(ALL_OF_UNICODE)
    if found is None:
        raise ValueError(f"{file.name} has no table for all of Unicode")
    return frozenset(found)
