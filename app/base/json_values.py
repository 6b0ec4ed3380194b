"""JSON as Python reads it, for what comes from outside and is looked at field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeGuard

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
JsonObject = dict[str, Json]


def is_object(value: Json) -> TypeGuard[JsonObject]:
    """Whether it is an object, with fields."""
    return isinstance(value, dict)


def numbers_of(written: Mapping[str, Json], name: str) -> list[int]:
    """A field that is a list of whole numbers; ValueError when it is anything else."""
    given = written.get(name)
    if not isinstance(given, list) or not all(isinstance(each, int) for each in given):
        raise ValueError(f"{name} is no list of whole numbers")
    return [each for each in given if isinstance(each, int)]
