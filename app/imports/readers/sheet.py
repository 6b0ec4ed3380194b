"""A table in a file, whatever the file is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from app.imports.cell_rules import Cell

Open = Callable[[], BinaryIO]  # the file's bytes from the beginning, as often as they are asked for
Line = list[Cell]


@dataclass(frozen=True)
class SourceSheet:
    """Rows from the first to the last, blank ones too; the first has the number 1. `total`: how many, if that is known.

    `broken`: the number of a row → what is wrong with the row as such, in a text and the word for its place.
    """

    name: str
    rows: Callable[[], Iterator[Line]]
    total: int = 0
    broken: Mapping[int, tuple[str, str]] = field(default_factory=dict)


def names(sheets: Iterable[SourceSheet]) -> str:
    """For a message."""
    return "、".join(f"“{each.name}”" for each in sheets)
