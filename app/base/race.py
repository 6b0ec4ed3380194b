"""The one idiom for every race: a conditional change that must touch exactly one row."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, Update
from sqlalchemy.orm import Session


def updated_one_row(session: Session, change: Update) -> bool:
    """Whether this transaction was the one that made the change; at most one row can have it."""
    result = cast("CursorResult[Any]", session.execute(change.execution_options(synchronize_session="fetch")))
    return result.rowcount == 1
