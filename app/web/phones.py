"""Which phone is asking, in this request."""

from __future__ import annotations

from flask import g
from sqlalchemy.orm import Session

from app.pairing.claims import held_pairing
from app.pairing.model import Pairing
from app.pairing.queries import phone_key
from app.web.here import now, phone_cookie


def held(db: Session) -> Pairing:
    """This phone's pairing; errors are in its desktop's language from here on, also when it has ended."""
    if key := phone_key(db, phone_cookie()):
        g.language = key.pairing.application.language
    return held_pairing(db, phone_cookie(), now())
