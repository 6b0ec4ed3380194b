"""JSON as Python has it, typed: what comes from outside is looked at field by field, what goes out says what it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
JsonObject: TypeAlias = "dict[str, Json]"


def read_json(text: str | bytes) -> Json:
    """As json.loads, which says of nothing what it is. Raises ValueError."""
    read: Json = json.loads(text)
    return read
