"""What was decided, in words for the person who reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy.orm import Session

from app.application.contributions import LastPlaceChange, Opinion, Region, RejectedPortrait, ReviewSummary
from app.application.model import Application
from app.http.current import language
from app.review.case_queries import decisions_of, rejected_picture
from app.review.model import Decision
from app.review.place_change_queries import ShownPlaceChange, place_changes_of
from app.review.reason_rules import texts
from app.review.rules import PORTRAIT, item_names

Names = Mapping[str, str]


@dataclass(frozen=True)
class Decided:
    """What an act says about one item; `name` is to be translated."""

    name: str
    approved: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class HistoryEntry:
    """An act of an office with what it `decided`, or a change of place (`move`)."""

    at: datetime
    office: str
    decided: tuple[Decided, ...] = ()
    opinion: str = ""
    move: ShownPlaceChange | None = None


def history_of(session: Session, application: Application, language: str) -> list[HistoryEntry]:
    """Every act that counts, and the changes of place between them, newest first."""
    acts = [list(rows) for _act, rows in groupby(decisions_of(session, application.id), key=lambda row: row.act)]
    names = item_names(application.candidate.id_type)
    decided = [_act(rows, names, language) for rows in reversed(acts)]
    moved = [HistoryEntry(each.at, each.office, move=each) for each in place_changes_of(session, application.id)]
    return sorted([*decided, *moved], key=lambda entry: entry.at, reverse=True)


def _act(rows: Sequence[Decision], names: Names, language: str) -> HistoryEntry:
    first = rows[0]
    decided = tuple(Decided(names[row.item], row.approved, texts(row.reasons, language)) for row in rows)
    return HistoryEntry(first.decided_at, first.office.name, decided, first.opinion)


def review_summary(session: Session, application: Application) -> ReviewSummary:
    """What the candidate's pages say of the last act, in the language of this request."""
    moved = next(iter(place_changes_of(session, application.id)), None)
    opinions = last_opinions(session, application, language())
    return ReviewSummary(opinions, LastPlaceChange(moved.at, moved.office) if moved else None)


def last_opinions(session: Session, application: Application, language: str) -> tuple[Opinion, ...]:
    """The newest act, an opinion each item."""
    decisions = decisions_of(session, application.id)
    names = item_names(application.candidate.id_type)
    return tuple(_opinion(session, row, names, language) for row in decisions if row.act == decisions[-1].act)


def _opinion(session: Session, row: Decision, names: Names, language: str) -> Opinion:
    picture = None if row.approved else rejected_picture(session, row.application_id, row.item)
    return Opinion(
        item=row.item,
        name=names[row.item],
        approved=row.approved,
        reasons=texts(row.reasons, language),
        opinion=row.opinion,
        region=_region(row),
        office=row.office.name,
        contact=row.office.contact,
        decided_at=row.decided_at,
        picture=picture is not None,
    )


def rejected_portrait(session: Session, application: Application) -> RejectedPortrait | None:
    """Why the newest portrait was rejected, until another is handed over; in the application's language."""
    picture = rejected_picture(session, application.id, PORTRAIT)
    rows = [row for row in decisions_of(session, application.id) if row.item == PORTRAIT and not row.approved]
    if picture is None or not rows or rows[-1].sha256 != picture.sha256:
        return None
    row = rows[-1]
    return RejectedPortrait(tuple(row.reasons), texts(row.reasons, application.language), row.opinion, _region(row))


def _region(row: Decision) -> Region | None:
    if row.region is None:
        return None
    x, y, width, height = row.region
    return x, y, width, height
