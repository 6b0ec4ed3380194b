"""What happens to the portrait when an application is withdrawn."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.application.model import Application
from app.identity.actor_rules import Actor
from app.pairing.actions import end
from app.pairing.queries import live_pairing
from app.pairing.rules import End
from app.portrait.actions import end_capture
from app.portrait.queries import captures_of


def give_up(session: Session, application: Application, actor: Actor, now: datetime) -> None:
    """Its phone is let go; its pictures are deleted, those too that were handed over."""
    pairing = live_pairing(session, application.id)
    if pairing is not None:
        end(session, pairing, End.WITHDRAWN, actor, now)
    for capture in captures_of(session, application.id):
        if capture.original is not None or capture.ended_at is None:
            end_capture(session, capture, "withdrawn", now)
