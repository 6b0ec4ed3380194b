"""The way back: which browser made a link to another one, and by which link a browser came"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("link", sa.Column("made_by", sa.String(length=64), nullable=True))
    op.add_column("phone_key", sa.Column("came_by", sa.String(length=64), nullable=True))
