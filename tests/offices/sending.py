"""Forms in which a name may stand several times."""

from __future__ import annotations

from collections.abc import Sequence


def many(fields: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """What such a form sends, by name."""
    names = {name for name, _value in fields}
    return {name: [value for each, value in fields if each == name] for name in names}
