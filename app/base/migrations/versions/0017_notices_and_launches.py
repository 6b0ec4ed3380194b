"""What is told to others waits in a table; people and data come in signed"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.base.database import Moment

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None

WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    _notices()
    way = op.create_table(
        "notice_way",
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", Moment(), nullable=True),
        sa.Column("paused_until", Moment(), nullable=True),
        sa.Column("error", sa.String(length=40), nullable=False),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.Column("holder", sa.String(length=22), nullable=False),
        sa.Column("held_until", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_notice_way")),
    )
    empty = {"failures": 0, "error": "", "holder": ""}
    op.bulk_insert(way, [{"channel": channel, **empty} for channel in ("webhook", "mail")])
    _launches()


def _notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=24), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column("act", sa.String(length=22), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("happened_at", Moment(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("next_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("error", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_notice_candidate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("name", name=op.f("uq_notice_name")),
        sqlite_autoincrement=True,
    )
    due = ["channel", "next_at", "id"]
    op.create_index("ix_notice_due", "notice", due, sqlite_where=WAITING, postgresql_where=WAITING)
    op.create_index("ix_notice_subject", "notice", ["subject", "id"])
    op.create_index("ix_notice_state", "notice", ["state", "channel", "ended_at"])


def _launches() -> None:
    op.create_table(
        "launch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("ticket_hash", sa.String(length=64), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("destination", sa.String(length=200), nullable=False),
        sa.Column("arrived_at", Moment(), nullable=False),
        sa.Column("entered_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_launch_candidate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_launch")),
        sa.UniqueConstraint("key_id", "nonce", name=op.f("uq_launch_key_id_nonce")),
        sa.UniqueConstraint("ticket_hash", name=op.f("uq_launch_ticket_hash")),
    )
    op.create_index("ix_launch_arrived_at", "launch", ["arrived_at"])
    op.create_table(
        "parent_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=True),
        sa.Column("findings", sa.LargeBinary(), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_parent_request_job_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parent_request")),
        sa.UniqueConstraint("key_id", "request_id", name=op.f("uq_parent_request_key_id_request_id")),
    )
    op.create_index("ix_parent_request_received_at", "parent_request", ["received_at"])
