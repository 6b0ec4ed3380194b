"""Finding the person who calls."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.graduation.model import Application
from app.graduation.queries import application_of
from app.identity.model import Candidate
from app.pairing.model import Pairing
from app.pairing.queries import pairings_of


@dataclass(frozen=True)
class Found:
    """A candidate, their application and its pairings, newest first."""

    candidate: Candidate
    application: Application | None
    pairings: list[Pairing]


def find(session: Session, exam_number: str) -> Found | None:
    """By the whole 准考证号; there is no way to browse."""
    candidate = session.scalar(select(Candidate).where(Candidate.exam_number == exam_number))
    if candidate is None:
        return None
    application = application_of(session, candidate.id)
    return Found(candidate, application, pairings_of(session, application.id) if application else [])
