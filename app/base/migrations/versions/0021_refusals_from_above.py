"""What a system above refuses is no review: indexes by which each is counted"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_decision_day", "decision")
    op.create_index(
        "ix_decision_day", "decision", ["decided_at", "act", "undone_at", "approved", "office_id", "status"]
    )
    above = sa.text("status IN ('READY', 'SUBMITTED')")
    op.create_index(
        "ix_decision_above",
        "decision",
        ["decided_at", "application_id"],
        sqlite_where=above,
        postgresql_where=above,
    )
