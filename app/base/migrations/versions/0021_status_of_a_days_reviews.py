"""The index by which a day's reviews are counted knows where each case was: what a system above refuses is no review"""

from __future__ import annotations

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
