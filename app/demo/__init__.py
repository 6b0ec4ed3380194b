"""The demo's world: offices, batches, people, what they studied, what the register knows, who has applied.

All invented.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.demo.applications import add_applications
from app.demo.batches import add_batches
from app.demo.offices import add_offices
from app.demo.people import CANDIDATES, PASSWORD, add_people
from app.demo.register import add_entries
from app.demo.study import load_study

__all__ = ["PASSWORD", "load"]


def load(db: Session, now: datetime) -> int:
    """Add whatever is missing; how many people that were. What is there stays as it is."""
    add_offices(db)
    add_batches(db, now)
    people = add_people(db)
    load_study(db, [row[0] for row in CANDIDATES], now)
    add_entries(db)
    add_applications(db, now)
    return people
