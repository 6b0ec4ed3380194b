"""Columns and values under the names that the field gives them"""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# table, before, now
COLUMNS = (
    ("candidate", "building_school", "programme_university"),
    ("candidate", "host_school", "examining_university"),
    ("application", "building_school", "programme_university"),
    ("application", "host_school", "examining_university"),
    ("programme", "building_school", "programme_university"),
    ("pairing", "number", "confirmation_code"),
    ("pairing", "alone", "same_device"),
)
BEFORE = "code_building_school_course_group"
NOW = "code_programme_university_course_group"


def upgrade() -> None:
    for table, before, now in COLUMNS:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {before} TO {now}")
    with op.batch_alter_table("programme") as programme:
        programme.drop_constraint(op.f(f"uq_programme_{BEFORE}"), type_="unique")
        programme.create_unique_constraint(
            op.f(f"uq_programme_{NOW}"), ["code", "programme_university", "course_group"]
        )
    op.execute("UPDATE programme_course SET kind = 'bridging' WHERE kind = 'added'")
    op.drop_index(op.f("ix_phone_key_pairing_id"), "phone_key")
    op.rename_table("phone_key", "phone_session")
    op.create_index(op.f("ix_phone_session_pairing_id"), "phone_session", ["pairing_id"])
