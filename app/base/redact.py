"""Masks what must not be in a log: tokens, cookies, passwords, identity and telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

MASK = "***"

# Stands after the first character of a number: that one may not be in the middle of a word or of a longer number, but
# right after an escape such as \n or %20. (The other way round, every character of the text would be looked behind.)
_ESCAPES = (r"\\[abfnrtv]", r"\\x[0-9a-fA-F]{2}", r"\\u[0-9a-fA-F]{4}", r"%[0-9a-fA-F]{2}")
_FIRST = "(?:(?<![0-9A-Za-z].)|" + "|".join(f"(?<={escape}.)" for escape in _ESCAPES) + ")"
_ENDS = r"(?![0-9A-Za-z])"
_NAMES = r"(?:(?:password|passwd|secret|token|credential|api_?key|store_?key)(?:_?keys?|s)?|密码)"
_VALUE = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s,;&)\]}]+)"""
_QUOTED = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""

Replacement = str | Callable[[re.Match[str]], str]


def _rule(pattern: str, replacement: Replacement, flags: int = 0) -> tuple[re.Pattern[str], Replacement]:
    return re.compile(pattern, flags), replacement


RULES = [
    # Cookie: a=b; c=d (to the end of the line)
    _rule(r"""(\b(?:set-)?cookie["']?\s*[:,]\s*["']?)[^"'\r\n]+""", rf"\1{MASK}", re.I),
    _rule(r"(\b(?:session|phone)=)[^\s;,&\"']+", rf"\1{MASK}", re.I),
    _rule(r"(\bauthorization[\"']?\s*[:,]\s*[\"']?)[^\"'\r\n]+", rf"\1{MASK}", re.I),
    # password=x, "token": "x", ('password', 'x'), wrong password 'x'
    _rule(rf"""({_NAMES}["']?\s*[:=：]\s*b?){_VALUE}""", rf"\1{MASK}", re.I),
    _rule(rf"""({_NAMES}(?:["']\s*,)?\s*b?){_QUOTED}""", rf"\1{MASK}", re.I),
    _rule(r"\$argon2\w*\$[^\s'\",)]+", MASK),
    # what itsdangerous signs: value.time.signature
    _rule(r"(?<![\w-])\.?[\w-]{8,}\.[\w-]{5,8}\.[\w-]{27,}", MASK, re.A),
    # 32 bytes in base64; other long random text has both cases, and a digit or many capitals
    _rule(rf"[A-Za-z0-9+/]{_FIRST}[A-Za-z0-9+/]{{42}}=", MASK),
    _rule(
        r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*[0-9]|(?:[a-z_-]*[A-Z]){6})[\w-]{22,}(?![\w-])", MASK, re.A
    ),
    # identity number · passport or permit · mobile number · 准考证号
    _rule(rf"\d{_FIRST}\d{{16}}[\dXx]{_ENDS}", MASK),
    _rule(rf"[A-Z]{_FIRST}\d{{8}}(?:\d\d)?{_ENDS}", MASK),
    _rule(rf"1(?:{_FIRST}|(?<=86.))[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}{_ENDS}", MASK),
    _rule(rf"\d{_FIRST}\d{{8}}(\d{{3}}){_ENDS}", rf"{MASK}\1"),
]


def redact(text: str) -> str:
    """The text without secrets. A 准考证号 keeps its last three digits, so that support can tell two lines apart."""
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    return text
