"""The registered picture has a name of its own, the hash of its bytes, and its place in the one that was sent"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("capture") as batch_op:
        batch_op.add_column(sa.Column("registered_sha256", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("crop", sa.JSON(), nullable=True))
