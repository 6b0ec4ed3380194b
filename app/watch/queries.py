"""What an operator asks about the service."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.watch.model import Backup


def last_backup(session: Session) -> Backup | None:
    """The newest backup that is whole; None when there was none."""
    return session.scalar(select(Backup).order_by(Backup.id.desc()).limit(1))
