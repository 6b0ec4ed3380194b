"""Which phone is asking, in this request."""

from __future__ import annotations

from flask import g
from sqlalchemy.orm import Session

from app.http.current import now, phone_cookie
from app.pairing.claim_actions import held_pairing, known_session
from app.pairing.model import Pairing, PhoneSession
from app.pairing.queries import phone_session


def held(db: Session) -> Pairing:
    """This phone's pairing; errors are in its desktop's language from here on, also when it has ended."""
    _speak(db)
    return held_pairing(db, phone_cookie(), now())


def known(db: Session) -> PhoneSession:
    """This phone's key of a living pairing, also when that has moved to another browser."""
    _speak(db)
    return known_session(db, phone_cookie(), now())


def _speak(db: Session) -> None:
    if key := phone_session(db, phone_cookie()):
        g.language = key.pairing.application.language
