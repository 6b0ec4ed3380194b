"""What a slice says on the operator's front page: what has to be there before candidates may come, and how today goes.

A slice lists these in its `Slice`; the page asks all of them and names no slice.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.base.errors import N_, Fact

MOST = 50_000  # rows that are counted one by one

SAVED = N_("已保存。")


class NeedState(StrEnum):
    """READY: there is nothing to do. ATTENTION: work goes on, somebody should look. MISSING: candidates cannot come."""

    READY = "ready"
    ATTENTION = "attention"
    MISSING = "missing"


@dataclass(frozen=True)
class NeedReading:
    """How one need stands: a state, a sentence that says what to do next (`N_`, with places for `facts`), and how many
    there are; None where a number says nothing. `or_more`: they were not counted further."""

    state: NeedState
    words: str
    number: int | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    or_more: bool = False


@dataclass(frozen=True)
class Need:
    """One line of the list. `place` orders it among those of all slices; `path` is the page on which it is put right,
    which is linked once there is one. `look` asks the database only for what is cheap."""

    title: str
    place: int
    look: Callable[[Session, datetime], NeedReading]
    path: str = ""


@dataclass(frozen=True)
class Figure:
    """One number of today."""

    title: str
    number: int
    path: str = ""


@dataclass(frozen=True)
class TodayFigures:
    """The numbers of today that a slice counts."""

    place: int
    look: Callable[[Session, datetime], Sequence[Figure]]


@dataclass(frozen=True)
class Panel:
    """A part of the page that a slice draws itself: `template` is given the rows that `look` returns as `panel`; it is
    left out when there are none."""

    place: int
    template: str
    look: Callable[[Session, datetime], Sequence[Hashable]]


def at_most(session: Session, column: InstrumentedAttribute[int] | InstrumentedAttribute[str]) -> int:
    """How many rows a table has, by a column with an index; MOST when there are more: a large one costs no more."""
    return session.scalar(select(func.count()).select_from(select(column).limit(MOST).subquery())) or 0


def address_if_there(path: str) -> str:
    """The path when there is a page; empty when this version has none there."""
    bare = path.partition("#")[0].partition("?")[0]
    try:
        current_app.url_map.bind("").match(bare)
    except (HTTPException, RequestRedirect):
        return ""
    return path
