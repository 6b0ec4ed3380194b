"""What follows from a candidate's records, without a database."""

from __future__ import annotations

from app.graduation.workflow import Branch
from app.identity.rules import RESIDENT_ID


def branch_of(id_type: str) -> Branch:
    """Which way through the procedure this 证件类型 takes."""
    return Branch.ID_CARD if id_type == RESIDENT_ID else Branch.OTHER
