"""What `flask purge` does: every slice gives up what has been kept for long enough, an application at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.base.steps import Stop, in_steps
from app.dependencies import Dependencies
from app.documents import retention_actions as documents
from app.portrait import retention_actions as portraits


@dataclass(frozen=True)
class Purge:
    """What is older than these is given up; `now` is when. `portraits`, `documents`: the applications with any."""

    drafts_before: datetime
    decided_before: datetime
    now: datetime
    portraits: frozenset[int]
    documents: frozenset[int]

    def of(self, session: Session, application_id: int) -> Counter[str]:
        """Everything of one application; how much of what."""
        done = Counter[str]()
        if application_id in self.portraits:
            drafts = (self.drafts_before, self.now, application_id)
            done["drafts"] = portraits.purge(session, *drafts) + portraits.purge_saved(session, *drafts)
            done["rejected"] = portraits.purge_rejected(session, self.decided_before, self.now, application_id)
        if application_id in self.documents:
            times = (self.drafts_before, self.decided_before, self.now)
            done["documents"] = documents.purge(session, *times, application_id)
        return done


def purge(dependencies: Dependencies, stop: Stop, tell: Callable[[int], None]) -> Counter[str]:
    """Give up what is over, in short transactions; `tell` hears how many applications are left. Unfinished uploads
    and imported lists of more than a day go last."""
    settings, now = dependencies.settings, dependencies.clock.now()
    times = (now - timedelta(days=settings.draft_days), now - timedelta(days=settings.document_days))
    with dependencies.db.reading() as session:
        due = [frozenset(slice_.due(session, *times)) for slice_ in (portraits, documents)]
    old = Purge(*times, now, *due)
    done = in_steps(dependencies.db, sorted(old.portraits | old.documents), old.of, stop, tell)
    if not stop.told:
        done["uploads"] = dependencies.partial_uploads.sweep(timedelta(days=1))
        dependencies.import_files.sweep(now - timedelta(days=1))
    return done
