"""Finding pairings, the phone that holds one, and what happened."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.application.model import Consent
from app.application.status_row_rules import Subject
from app.base.tokens import digest
from app.pairing.model import Pairing, PairingEvent, PhoneSession


def live_pairing(session: Session, application_id: int) -> Pairing | None:
    """The application's one pairing that has not been ended; its permission may have run out."""
    return session.scalar(select(Pairing).where(Pairing.application_id == application_id, Pairing.ended_at.is_(None)))


def agreed(session: Session, application_id: int, version: str, place: str) -> bool:
    """Whether this version of the text was agreed to there (desk or phone)."""
    given = select(Consent.id).where(Consent.application_id == application_id, Consent.version == version)
    return session.scalar(given.where(Consent.place == place)) is not None


def latest_pairing(session: Session, application_id: int, subject: Subject) -> Pairing | None:
    """The newest pairing for this subject, live or ended."""
    of_it = select(Pairing).where(Pairing.application_id == application_id, Pairing.subject == subject)
    return session.scalar(of_it.order_by(Pairing.id.desc()).limit(1))


def pairings_of(session: Session, application_id: int) -> list[Pairing]:
    """All pairings, newest first."""
    return list(
        session.scalars(select(Pairing).where(Pairing.application_id == application_id).order_by(Pairing.id.desc()))
    )


def phone_session(session: Session, secret: str) -> PhoneSession | None:
    """The key that this phone's cookie is, whether or not it still opens anything."""
    return session.get(PhoneSession, digest(secret)) if secret else None


def open_keys(session: Session, pairing_id: int) -> list[str]:
    """The hashes of the cookies that open this pairing now."""
    held = select(PhoneSession.secret_hash).where(PhoneSession.pairing_id == pairing_id)
    return list(session.scalars(held.where(PhoneSession.moved_at.is_(None))))


def events_of(session: Session, *pairing_ids: int) -> list[PairingEvent]:
    """History of these pairings, oldest first."""
    of_them = select(PairingEvent).where(PairingEvent.pairing_id.in_(pairing_ids))
    return list(session.scalars(of_them.order_by(PairingEvent.at, PairingEvent.id)))
