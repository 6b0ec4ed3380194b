"""What `flask purge` does: every slice gives up what has been kept for long enough, an application at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.base.steps import Stop, in_steps
from app.documents import keeping_actions as documents
from app.parts import Parts
from app.portrait import keeping_actions as portraits


@dataclass(frozen=True)
class Purge:
    """What is older than these is given up; `now` is when."""

    drafts_before: datetime
    decided_before: datetime
    now: datetime

    def due(self, session: Session) -> list[int]:
        """The applications that have any of it."""
        times = (self.drafts_before, self.decided_before)
        return sorted({*portraits.due(session, *times), *documents.due(session, *times)})

    def of(self, session: Session, application_id: int) -> Counter[str]:
        """Everything of one application; how much of what."""
        drafts, decided, now = self.drafts_before, self.decided_before, self.now
        return Counter(
            drafts=portraits.purge(session, drafts, now, application_id)
            + portraits.purge_saved(session, drafts, now, application_id),
            rejected=portraits.purge_rejected(session, decided, now, application_id),
            documents=documents.purge(session, drafts, decided, now, application_id),
        )


def purge(parts: Parts, stop: Stop, tell: Callable[[int], object]) -> Counter[str]:
    """Give up what is over, in short transactions; `tell` hears how many applications are left. Unfinished uploads of
    more than a day go last."""
    settings, now = parts.settings, parts.clock.now()
    old = Purge(now - timedelta(days=settings.draft_days), now - timedelta(days=settings.document_days), now)
    with parts.db.reading() as session:
        due = old.due(session)
    done = in_steps(parts.db, due, old.of, stop, tell)
    if not stop.told:
        done["uploads"] = parts.pieces.sweep(timedelta(days=1))
    return done
