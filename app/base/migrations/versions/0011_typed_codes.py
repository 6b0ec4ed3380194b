"""The code below the QR code: what it is found by, and which one of a pairing's is shown"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("link", sa.Column("selector", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_link_selector"), "link", ["selector"])
    op.add_column("pairing", sa.Column("code_number", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("pairing") as pairing:
        pairing.alter_column("code_number", existing_type=sa.Integer(), server_default=None)
