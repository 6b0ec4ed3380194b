"""The whole procedure"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.base.database import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "batch",
        sa.Column("month", sa.String(length=6), nullable=False),
        sa.Column("opens_at", Moment(), nullable=False),
        sa.Column("closes_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_batch")),
    )
    op.create_table(
        "register_entry",
        sa.Column("id_number", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("sex", sa.String(length=4), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id_number", name=op.f("pk_register_entry")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=22), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=10), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("opinion", sa.String(length=500), nullable=False),
        sa.Column("region", sa.JSON(), nullable=True),
        sa.Column("decided_at", Moment(), nullable=False),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_decision_application_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_decision_office_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_decision_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_act"), ["act"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_application_id"), ["application_id"], unique=False)

    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.String(length=10), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("original", sa.String(length=64), nullable=True),
        sa.Column("preview", sa.String(length=64), nullable=True),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("handed_over_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("end_reason", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_document_application_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_application_id"), ["application_id"], unique=False)
        batch_op.create_index(
            "uq_document_live",
            ["application_id", "slot"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed_at", Moment(), nullable=True))
        batch_op.add_column(sa.Column("major", sa.String(length=60), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("building_school", sa.String(length=60), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("course_group", sa.String(length=30), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("host_school", sa.String(length=60), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("batch", sa.String(length=6), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("place", sa.String(length=6), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("phone", sa.String(length=20), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("office_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("claimed_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("claimed_at", Moment(), nullable=True))
        batch_op.add_column(sa.Column("register_tries", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("register_next_at", Moment(), nullable=True))
        batch_op.alter_column(
            "status", existing_type=sa.VARCHAR(length=20), type_=sa.String(length=30), existing_nullable=False
        )
        batch_op.drop_constraint(batch_op.f("uq_application_candidate_id"), type_="unique")
        batch_op.create_index("ix_application_candidate", ["candidate_id"], unique=False)
        batch_op.create_index("ix_application_city_queue", ["office_id", "status", "status_since", "id"], unique=False)
        batch_op.create_index("ix_application_queue", ["status", "status_since", "id"], unique=False)
        batch_op.create_index("ix_application_register_next_at", ["register_next_at"], unique=False)
        batch_op.create_index(
            "uq_application_live",
            ["candidate_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_foreign_key(batch_op.f("fk_application_claimed_by"), "staff", ["claimed_by"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_application_office_id"), "office", ["office_id"], ["id"])

    with op.batch_alter_table("office", schema=None) as batch_op:
        batch_op.add_column(sa.Column("city", sa.String(length=6), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_office_city"), ["city"], unique=False)

    with op.batch_alter_table("pairing", schema=None) as batch_op:
        batch_op.add_column(sa.Column("subject", sa.String(length=10), nullable=False, server_default="portrait"))

    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("id_number", sa.String(length=30), nullable=True))

    # What was there before has the defaults now; new rows bring their own values.
    _without_default(
        "application", ["major", "building_school", "course_group", "host_school", "batch", "place", "phone"]
    )
    _without_default("application", ["register_tries"], sa.Integer())
    _without_default("office", ["city"])
    _without_default("pairing", ["subject"])


def _without_default(table: str, columns: list[str], kind: sa.types.TypeEngine[Any] = sa.String()) -> None:  # noqa: B008
    with op.batch_alter_table(table) as batch_op:
        for column in columns:
            batch_op.alter_column(column, existing_type=kind, server_default=None)
