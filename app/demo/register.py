"""What the demo's population register knows: everybody with an ID card, one of them otherwise."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.people import CANDIDATES
from app.identity.model import Candidate
from app.identity.rules import RESIDENT_ID
from app.register.model import RegisterEntry

# 010126000002 is known under another name: their application does not match.
OTHERWISE = {"440106200007050003": "林自强"}


def add_entries(db: Session) -> None:
    """Add whoever is missing."""
    logins = [row[0] for row in CANDIDATES]
    with_card = (Candidate.id_type == RESIDENT_ID, Candidate.exam_number.in_(logins))
    for person in db.scalars(select(Candidate).where(*with_card)):
        if db.get(RegisterEntry, person.id_number) is None:
            db.add(
                RegisterEntry(
                    id_number=person.id_number,
                    name=OTHERWISE.get(person.id_number, person.name),
                    sex=person.sex,
                    born_on=person.born_on,
                )
            )
    db.flush()
