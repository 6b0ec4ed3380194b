"""Pictures of documents whose bytes were deleted count no more: `flask purge` left them standing"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    document = sa.table("document", *(sa.column(name) for name in ("original", "preview", "ended_at", "end_reason")))
    gone = (document.c.original.is_(None), document.c.preview.is_(None), document.c.ended_at.is_(None))
    op.execute(document.update().where(*gone).values(ended_at=sa.func.current_timestamp(), end_reason="retention"))
