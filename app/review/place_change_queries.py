"""Changes of 办理地点, read back from the audit: who moved a case from where to where, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.application.audit_rules import Action
from app.application.place_rules import full_name
from app.base.audit import AuditRow
from app.identity.actor_rules import Actor
from app.identity.model import Staff


@dataclass(frozen=True)
class Move:
    """One change: `office` made it, `former` and `place` are codes; `reason` is in that office's own words."""

    at: datetime
    office: str
    former: str
    place: str
    reason: str

    @property
    def way(self) -> str:
        """From where to where, in words; a place that is not known is a dash."""
        return f"{full_name(self.former) or '—'} → {full_name(self.place) or '—'}"


def detail_of(former: str, place: str, reason: str) -> str:
    """A change as the audit keeps it."""
    return f"{former} {place}: {reason}"


def move_of(row: AuditRow, office: str) -> Move:
    """The change that such a row of the audit tells."""
    places, _, reason = row.detail.partition(": ")
    former, _, place = places.partition(" ")
    return Move(row.at, office, former, place, reason)


def moves_of(session: Session, application_id: int) -> list[Move]:
    """Every change of an application's place, newest first."""
    rows = select(AuditRow).where(AuditRow.application_id == application_id, AuditRow.action == Action.PLACE_CHANGED)
    return [move_of(row, _office_of(session, row.actor)) for row in session.scalars(rows.order_by(AuditRow.seq.desc()))]


def _office_of(session: Session, actor: str) -> str:
    who = Actor.read(actor)
    staff = session.get(Staff, who.id) if who else None
    return staff.office.name if staff and staff.office else ""
