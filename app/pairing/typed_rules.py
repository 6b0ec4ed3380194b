"""The code that is typed where a phone cannot scan: docs/decisions/typed-code.md. Pure.

Eight characters of an alphabet without look-alikes. The first half finds the pairing, the second one proves that the
whole was seen.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Sequence
from datetime import timedelta

from app.base.tokens import derive

ALPHABET = "23456789ACDEFHJKMNPRTVWXY"
LENGTH, HALF = 8, 4
READ_AS = str.maketrans("ZSBGU", "2586V")  # what looks alike is one character, whichever was typed
MOST_WRONG = 10  # wrong second halves; then the code is used up
GROWS_OLD = timedelta(minutes=10)  # a code that is shown for so long gives way to another
PURPOSE = "typed code"


def as_meant(typed: str) -> str:
    """The code that was meant: whatever the case, width, blanks and hyphens; empty when it can be none of ours."""
    wide = unicodedata.normalize("NFKC", typed).upper().translate(READ_AS)
    meant = "".join(each for each in wide if each.isalnum())
    return meant if len(meant) == LENGTH and set(meant) <= set(ALPHABET) else ""


def grouped(code: str) -> str:
    """As it is shown and read aloud."""
    return f"{code[:HALF]} {code[HALF:]}"


class TypedCodes:
    """Makes codes, and what the database keeps of them; the newest of `keys` (the last) makes, all find."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = [derive(key.encode(), PURPOSE) for key in keys]

    def make(self, pairing_id: int, number: int) -> str:
        """The code of a pairing with this number: the same whenever it is asked for, so that nothing need keep it."""
        rest, made = int.from_bytes(_keyed(self._keys[-1], "make", pairing_id, number)), ""
        while len(made) < LENGTH:
            rest, place = divmod(rest, len(ALPHABET))
            made += ALPHABET[place]
        return made

    def selectors(self, code: str) -> list[str]:
        """What a link with this first half is found by, the newest key's last."""
        return [_keyed(key, "find", code[:HALF]).hex() for key in self._keys]

    def hashes(self, pairing_id: int, code: str) -> list[str]:
        """What is kept of the whole code of this pairing, the newest key's last."""
        return [_keyed(key, "keep", pairing_id, code).hex() for key in self._keys]


def _keyed(key: bytes, *parts: str | int) -> bytes:
    return hmac.digest(key, "\n".join(map(str, parts)).encode(), "sha256")
