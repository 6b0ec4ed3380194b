"""What staff saw of people is recorded: a row for each page that was shown, with whom it showed."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from app.application.audit_rules import Action
from app.application.model import Application
from app.base.audit import record
from app.identity.actor_rules import Actor
from app.identity.model import Staff

DIGEST = 16  # hexadecimal characters: enough to ask whether somebody was looked for, for whoever has the audit's key


def case_opened(
    session: Session, application: Application, staff: Staff, ahead: bool, beside: Iterable[int], now: datetime
) -> None:
    """A case's page, whether it is before this office or not; `ahead`: fetched by the browser before anybody asked.

    `beside` are the ids of the applications whose names and numbers the same page lists, with or without its own.
    """
    how = "ahead" if ahead else "opened"
    record(
        session,
        application.id,
        str(Actor.staff(staff.id)),
        Action.CASE_VIEWED,
        now,
        f"{how}; beside {_whom(set(beside) - {application.id})}",
    )


def queue_shown(session: Session, staff: Staff, shown: Iterable[int], now: datetime) -> None:
    """A page of the queue, by the ids of the applications that it lists."""
    record(session, None, str(Actor.staff(staff.id)), Action.QUEUE_VIEWED, now, _whom(shown))


def searched(session: Session, staff: Staff, words: str, found: Iterable[int], now: datetime) -> None:
    """A search, also one that found nobody: the kind and length of what was typed, and who was found by it.

    The words themselves, which are a name or a number, are kept only as a keyed digest.
    """
    kind = "number" if words.isdigit() else "name"
    digest = hmac.new(session.info["audit_key"], f"search {words}".encode(), sha256).hexdigest()[:DIGEST]
    record(
        session,
        None,
        str(Actor.staff(staff.id)),
        Action.PEOPLE_SEARCHED,
        now,
        f"{kind} of {len(words)} {digest}: {_whom(found)}",
    )


def _whom(ids: Iterable[int]) -> str:
    every = sorted(set(ids))
    return " ".join([f"{len(every)} people", *map(str, every)])
