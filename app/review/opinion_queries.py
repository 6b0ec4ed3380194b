"""What was decided, in words for the person who reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy.orm import Session

from app.application.model import Application
from app.review.case_queries import decisions_of, rejected_picture
from app.review.model import Decision
from app.review.place_change_queries import moves_of
from app.review.reason_rules import texts
from app.review.rules import PORTRAIT, item_names

Names = Mapping[str, str]


def acts_of(session: Session, application: Application, language: str) -> list[dict[str, Any]]:
    """Every act that counts, newest first: when, which office, what about which item."""
    acts = [list(rows) for _act, rows in groupby(decisions_of(session, application.id), key=lambda row: row.act)]
    names = item_names(application.candidate.id_type)
    return [_act(rows, names, language) for rows in reversed(acts)]


def history_of(session: Session, application: Application, language: str) -> list[dict[str, Any]]:
    """The acts, and the changes of place between them, newest first; a change has its `move`."""
    moves = [{"at": each.at, "office": each.office, "move": each} for each in moves_of(session, application.id)]
    return sorted([*acts_of(session, application, language), *moves], key=itemgetter("at"), reverse=True)


def _act(rows: Sequence[Decision], names: Names, language: str) -> dict[str, Any]:
    first = rows[0]
    return {
        "at": first.decided_at,
        "office": first.office.name,
        "opinion": first.opinion,
        "approved": all(row.approved for row in rows),
        "items": [_item(row, names, language) for row in rows],
    }


def _item(row: Decision, names: Names, language: str) -> dict[str, Any]:
    return {
        "item": row.item,
        "name": names[row.item],
        "approved": row.approved,
        "reasons": texts(row.reasons, language),
    }


def last_opinions(session: Session, application: Application, language: str) -> list[dict[str, Any]]:
    """The newest act, an item each, as the candidate's page shows it; `picture` while the rejected one can be seen."""
    decisions = decisions_of(session, application.id)
    rows = [row for row in decisions if row.act == decisions[-1].act]
    names = item_names(application.candidate.id_type)
    return [_opinion(session, row, names, language) for row in rows]


def _opinion(session: Session, row: Decision, names: Names, language: str) -> dict[str, Any]:
    decided: datetime = row.decided_at
    picture = None if row.approved else rejected_picture(session, row.application_id, row.item)
    return _item(row, names, language) | {
        "opinion": row.opinion,
        "region": row.region,
        "office": row.office.name,
        "contact": row.office.contact,
        "decided_at": decided,
        "picture": picture is not None,
    }


def rejected_portrait(session: Session, application: Application, language: str) -> dict[str, Any] | None:
    """Why the newest portrait was rejected, until another is handed over."""
    picture = rejected_picture(session, application.id, PORTRAIT)
    rows = [row for row in decisions_of(session, application.id) if row.item == PORTRAIT and not row.approved]
    if picture is None or not rows or rows[-1].sha256 != picture.sha256:
        return None
    row = rows[-1]
    return {"reasons": row.reasons, "texts": texts(row.reasons, language), "opinion": row.opinion, "region": row.region}
