"""JSON as Python has it, typed: what comes from outside is looked at field by field, what goes out says what it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
JsonObject: TypeAlias = "dict[str, Json]"


def read_json(text: str | bytes, once: bool = False) -> Json:
    """As json.loads, which says of nothing what it is. `once`: a key that stands twice in one object is an error too.

    Raises ValueError.
    """
    read: Json = json.loads(text, object_pairs_hook=_each_once if once else None)
    return read


def _each_once(pairs: list[tuple[str, Json]]) -> JsonObject:
    read = dict(pairs)
    if len(read) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return read
