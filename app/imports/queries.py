"""Mistake lists that came in."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.imports.model import ImportedFile
from app.jobs.model import Job
from app.jobs.queries import running


def file_of(session: Session, file_id: int) -> ImportedFile | None:
    """The file with this number."""
    return session.get(ImportedFile, file_id)


def history(session: Session, most: int) -> Sequence[ImportedFile]:
    """The newest files."""
    return session.scalars(select(ImportedFile).order_by(ImportedFile.id.desc()).limit(most)).all()


def import_under_way(session: Session, exclusive: str) -> Job | None:
    """The one job of these that runs now."""
    return next((job for job in running(session) if job.exclusive == exclusive), None)
