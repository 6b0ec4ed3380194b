"""Finding applications."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.graduation.model import Application, Receipt


def application_of(session: Session, candidate_id: int) -> Application | None:
    """The candidate's live application, once there is one."""
    live = (Application.candidate_id == candidate_id, Application.closed_at.is_(None))
    return session.scalar(select(Application).where(*live))


def applications_of(session: Session, candidate_id: int) -> list[Application]:
    """The candidate's applications, newest first; those before the live one are closed."""
    of_them = select(Application).where(Application.candidate_id == candidate_id)
    return list(session.scalars(of_them.order_by(Application.id.desc())))


def receipts_of(session: Session, application_id: int) -> list[Receipt]:
    """All receipts, newest first."""
    of_it = select(Receipt).where(Receipt.application_id == application_id)
    return list(session.scalars(of_it.order_by(Receipt.id.desc())))
