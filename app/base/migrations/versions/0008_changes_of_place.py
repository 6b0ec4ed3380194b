"""Changes of place: a row each, those of before read once from the audit"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ACTION = "place_changed"
Value = str | int | datetime | None


def upgrade() -> None:
    op.create_table(
        "place_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("former", sa.String(length=6), nullable=False),
        sa.Column("place", sa.String(length=6), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=100), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_place_change_application_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_place_change_office_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_place_change_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_change")),
    )
    op.create_index(op.f("ix_place_change_application_id"), "place_change", ["application_id"])
    _read_the_audit(op.get_bind())


def _read_the_audit(connection: sa.Connection) -> None:
    """A row for each change that the audit tells of. The audit itself stays as it is."""
    audit, staff, application, change = _tables()
    told = sa.select(audit.c.application_id, audit.c.at, audit.c.actor, audit.c.detail).order_by(audit.c.id)
    told = told.join(application, application.c.id == audit.c.application_id).where(audit.c.action == ACTION)
    offices = {row.id: row.office_id for row in connection.execute(sa.select(staff.c.id, staff.c.office_id))}
    rows = [_row(row.application_id, row.at, row.actor, row.detail, offices) for row in connection.execute(told)]
    if rows:
        connection.execute(change.insert(), rows)


def _row(
    application_id: int, at: datetime, actor: str, detail: str, offices: dict[int, int | None]
) -> dict[str, Value]:
    """`440104 440303: the reason`, by `staff:3`, as it was written until now."""
    places, _, reason = detail.partition(": ")
    former, _, place = places.partition(" ")
    number = actor.removeprefix("staff:")
    staff_id = int(number) if number.isdigit() and int(number) in offices else None
    return {
        "application_id": application_id,
        "former": former[:6],
        "place": place[:6],
        "office_id": offices[staff_id] if staff_id else None,
        "staff_id": staff_id,
        "reason": reason[:100],
        "changed_at": at,
    }


def _tables() -> tuple[sa.TableClause, ...]:
    """What is read, and what is written."""
    integer, moment = sa.Integer(), sa.DateTime()
    return (
        sa.table(
            "audit",
            sa.column("id", integer),
            sa.column("application_id", integer),
            sa.column("at", moment),
            *(sa.column(name, sa.String()) for name in ("actor", "action", "detail")),
        ),
        sa.table("staff", sa.column("id", integer), sa.column("office_id", integer)),
        sa.table("application", sa.column("id", integer)),
        sa.table(
            "place_change",
            *(sa.column(name, integer) for name in ("application_id", "office_id", "staff_id")),
            *(sa.column(name, sa.String()) for name in ("former", "place", "reason")),
            sa.column("changed_at", moment),
        ),
    )
