"""Syntax of the Host header."""

from __future__ import annotations

import re
from ipaddress import IPv6Address

_LABEL = r"[0-9A-Za-z_](?:[0-9A-Za-z_-]{0,61}[0-9A-Za-z_])?"
_NAME = re.compile(rf"(?=.{{1,253}}(?::|$)){_LABEL}(?:\.{_LABEL})*\.?(?::([0-9]{{1,5}}))?")
_ADDRESS = re.compile(r"\[([0-9A-Fa-f:.]{2,45})\](?::([0-9]{1,5}))?")
HIGHEST_PORT = 65_535


def is_host(text: str) -> bool:
    """Whether this is a host name of RFC 1123 (labels of 1 to 63 characters) or an address, with a port perhaps."""
    if found := _ADDRESS.fullmatch(text):
        return _is_ipv6(found[1]) and int(found[2] or 0) <= HIGHEST_PORT
    found = _NAME.fullmatch(text)
    return found is not None and int(found[1] or 0) <= HIGHEST_PORT


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True
