"""Sums by day and office for statistics, and the indexes by which the rest is counted when it is asked for"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tally",
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("office_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("what", "day", "office_id", "name", "value", name=op.f("pk_tally")),
    )
    mark = op.create_table(
        "tally_mark",
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_tally_mark")),
    )
    op.bulk_insert(mark, [{"source": "capture", "upto": 0}, {"source": "decision", "upto": 0}])
    op.create_index("ix_application_standing", "application", ["office_id", "status", "applied_at"])
    op.create_index("ix_application_applied", "application", ["applied_at", "office_id"])
    op.create_index("ix_receipt_day", "receipt", ["handed_over_at", "kind", "application_id"])
    op.create_index("ix_decision_day", "decision", ["decided_at", "act", "undone_at", "approved", "office_id"])
    op.create_index(
        "ix_decision_first",
        "decision",
        ["item", "office_id", "application_id", "decided_at", "undone_at", "approved", "status"],
    )
