"""Lists that came in; a sitting is found by candidate, course and month"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.base.database import Moment

revision = "0015"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imported_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("layout", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("brought_by", sa.Integer(), nullable=True),
        sa.Column("brought_at", Moment(), nullable=False),
        sa.Column("given_up_at", Moment(), nullable=True),
        sa.Column("look_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["brought_by"], ["staff.id"], name=op.f("fk_imported_file_brought_by")),
        sa.ForeignKeyConstraint(["look_id"], ["job.id"], name=op.f("fk_imported_file_look_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["job.id"], name=op.f("fk_imported_file_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_file")),
    )
    op.create_index("ix_score_sitting", "score", ["candidate_id", "code", "taken_in"])
    op.drop_index("ix_score_candidate_id", "score")
