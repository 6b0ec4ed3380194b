"""What is noted about backups."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.base.audit import record
from app.identity.act_rules import Act
from app.identity.actor_rules import Actor
from app.watch.model import Backup


def note_backup(session: Session, backup: Backup) -> None:
    """A backup is whole; recorded."""
    session.add(backup)
    detail = f"{backup.candidates} candidates, {backup.pictures} pictures"
    record(session, None, str(Actor.server()), Act.BACKED_UP, backup.ended_at, detail)


def note_restore(session: Session, made_at: datetime, now: datetime) -> None:
    """The database goes on from a backup of that time; recorded."""
    record(session, None, str(Actor.server()), Act.RESTORED, now, f"from {made_at.isoformat(timespec='seconds')}")
