"""Who has applied in the demo: the register matched, they may be photographed at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.application.actions import apply, take_step
from app.application.audit_rules import Action
from app.application.batch_rules import open_months
from app.application.model import Application
from app.application.queries import batches
from app.application.rules import Filled
from app.identity.actor_rules import Actor, Role
from app.identity.model import Candidate

APPLIED = tuple(f"0101260000{number}" for number in range(11, 20))
PLACE = "440105"  # 海珠区


def add_applications(db: Session, now: datetime) -> None:
    """Apply for those who never have."""
    month = open_months(batches(db), now)[0]
    never = ~exists().where(Application.candidate_id == Candidate.id)
    for person in db.scalars(select(Candidate).where(Candidate.exam_number.in_(APPLIED), never)).all():
        application = apply(db, person, Filled(month, PLACE, person.phone), "zh", now)
        take_step(db, application, Action.MATCH, Role.REGISTER, now, Actor.register())
