"""Accounts: first passwords, a second factor, disabled staff, one-time codes for forgotten passwords"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.base.database import Moment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("candidate", "staff"):
        must_change: sa.Column[bool] = sa.Column(
            "must_change_password", sa.Boolean(), server_default=sa.false(), nullable=False
        )
        op.add_column(table, must_change)
        op.add_column(table, sa.Column("password_changed_at", Moment(), nullable=True))
    op.add_column("staff", sa.Column("disabled_at", Moment(), nullable=True))
    empty = sa.text("''")
    op.add_column("staff", sa.Column("totp_sealed", sa.String(length=300), server_default=empty, nullable=False))
    op.add_column("staff", sa.Column("totp_step", sa.Integer(), server_default="0", nullable=False))
    op.add_column("staff", sa.Column("wrong_codes", sa.Integer(), server_default="0", nullable=False))
    op.add_column("login", sa.Column("device", sa.String(length=40), server_default=empty, nullable=False))
    op.create_index("ix_login_staff_id", "login", ["staff_id"])
    _recovery_codes()
    _resets()


def _recovery_codes() -> None:
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.String(length=64), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_recovery_code_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    op.create_index("ix_recovery_code_staff_id", "recovery_code", ["staff_id"])


def _resets() -> None:
    op.create_table(
        "password_reset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("hidden", sa.String(length=64), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("dismissed_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_password_reset_candidate_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_password_reset_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_reset")),
    )
    op.create_index("ix_password_reset_candidate_id", "password_reset", ["candidate_id"])
