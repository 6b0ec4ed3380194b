"""Who else has sent the same picture: found by its hash"""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("capture", "document"):
        op.create_index(op.f(f"ix_{table}_sha256"), table, ["sha256"])
