"""Finding cases: by the beginning of a name, and by who holds them"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_candidate_name"), "candidate", ["name"])
    held = sa.text("claimed_at IS NOT NULL")
    op.create_index("ix_application_held", "application", ["claimed_at"], sqlite_where=held, postgresql_where=held)
