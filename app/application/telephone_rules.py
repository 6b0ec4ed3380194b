"""联系电话: a mobile number of the mainland, or a landline with its area code."""

from __future__ import annotations

import re
import unicodedata

_BETWEEN = re.compile(r"[\s()‐‑‒–—―-]")
_COUNTRY = re.compile(r"^(?:\+|00)86")
_MOBILE = re.compile(r"(?:86)?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(r"(0?)(10|2[0-9]|[3-9][0-9]{2})([2-8][0-9]{6,7})")


def phone_number(text: str) -> str | None:
    """The number as it is kept (13800138000, 020-38627000), or None when it is none.

    Spaces, dashes, brackets, full-width digits and +86 are tolerated; after +86 the area code's 0 may be missing.
    """
    bare = _BETWEEN.sub("", unicodedata.normalize("NFKC", text))
    number = _COUNTRY.sub("", bare)
    if mobile := _MOBILE.fullmatch(number):
        return mobile[1]
    landline = _LANDLINE.fullmatch(number)
    if landline and (landline[1] or number != bare):
        return f"0{landline[2]}-{landline[3]}"
    return None
