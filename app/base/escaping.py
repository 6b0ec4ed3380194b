"""Text for logs and terminals: invisible characters, and those that change the direction of text, are escaped."""

from __future__ import annotations

import unicodedata

# Controls, format characters (bidi and zero-width ones too), surrogates, private use, unassigned; line and paragraph
# separators.
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def plain(text: str) -> str:
    r"""The text with every invisible character as \uXXXX (two of them beyond U+FFFF, as in JSON)."""
    if text.isprintable():
        return text
    return "".join(_shown(each) if _is_unseen(each) else each for each in text)


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in UNSEEN


def _shown(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
