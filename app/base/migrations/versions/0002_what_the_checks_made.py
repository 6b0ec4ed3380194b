"""The picture to be registered and what the checks saw"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("capture", schema=None) as batch_op:
        batch_op.add_column(sa.Column("derived", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("overlay", sa.String(length=64), nullable=True))
