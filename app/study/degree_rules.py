"""Earlier degrees: which of them a programme accepts, and whether courses have to be added. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.study.model import Certificate, Programme

LEVELS = ("专科", "本科", "硕士", "博士")


def accepted(programme: Programme, certificates: Sequence[Certificate]) -> list[Certificate]:
    """Degrees of the level that the programme asks for, or higher; nothing when it asks for none."""
    if programme.entry_level not in LEVELS:
        return []
    enough = LEVELS[LEVELS.index(programme.entry_level) :]
    return [each for each in certificates if each.level in enough]


def asks_bridging(programme: Programme, certificates: Sequence[Certificate]) -> bool:
    """Whether 加考 is asked: until a degree from one of the programme's fields is known."""
    related = [each for each in accepted(programme, certificates) if each.field in programme.fields]
    return bool(programme.entry_level) and not related
