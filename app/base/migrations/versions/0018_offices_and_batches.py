"""Offices say where and when they are open, what to bring and which counties they have; batches, for which schools"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TEXTS = {"address": 200, "hours": 200, "bring": 1000}


def upgrade() -> None:
    with op.batch_alter_table("office") as office:
        for name, length in TEXTS.items():
            office.add_column(sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
        office.add_column(sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()))
        office.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("batch") as batch:
        batch.add_column(sa.Column("universities", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    _forget_defaults()
    op.create_table(
        "office_county",
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_office_county_office_id")),
        sa.PrimaryKeyConstraint("county", name=op.f("pk_office_county")),
    )
    op.create_index(op.f("ix_office_county_office_id"), "office_county", ["office_id"])
    # What happened today is counted on the operator's front page.
    op.create_index(op.f("ix_receipt_handed_over_at"), "receipt", ["handed_over_at"])
    op.create_index(op.f("ix_decision_decided_at"), "decision", ["decided_at"])


def _forget_defaults() -> None:
    """They were for the rows that are there."""
    with op.batch_alter_table("office") as office:
        for name, length in TEXTS.items():
            office.alter_column(name, existing_type=sa.String(length=length), server_default=None)
        office.alter_column("active", existing_type=sa.Boolean(), server_default=None)
        office.alter_column("version", existing_type=sa.Integer(), server_default=None)
    with op.batch_alter_table("batch") as batch:
        batch.alter_column("universities", existing_type=sa.JSON(), server_default=None)
        batch.alter_column("version", existing_type=sa.Integer(), server_default=None)
