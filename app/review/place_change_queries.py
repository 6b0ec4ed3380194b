"""Changes of 办理地点 as pages tell them: who moved a case from where to where, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.application.place_rules import full_name
from app.review.model import PlaceChange


@dataclass(frozen=True)
class ShownPlaceChange:
    """One change: `office` made it (empty when it is not known), through the member of staff `by`; `former` and `place`
    are codes; `reason` is in that office's own words."""

    at: datetime
    office: str
    by: str
    former: str
    place: str
    reason: str

    @property
    def way(self) -> str:
        """From where to where, in words; a place that is not known is a dash."""
        return f"{full_name(self.former) or '—'} → {full_name(self.place) or '—'}"


def place_changes_of(session: Session, *application_ids: int) -> list[ShownPlaceChange]:
    """Every change of place of these applications, newest first."""
    rows = select(PlaceChange).where(PlaceChange.application_id.in_(application_ids))
    return [_move(row) for row in session.scalars(rows.order_by(PlaceChange.changed_at.desc(), PlaceChange.id.desc()))]


def _move(row: PlaceChange) -> ShownPlaceChange:
    office, staff = row.office, row.staff
    return ShownPlaceChange(
        row.changed_at, office.name if office else "", staff.name if staff else "", row.former, row.place, row.reason
    )
