"""Alembic's entry: runs the migrations on the engine that `Database.upgrade` hands over."""

from alembic import context
from sqlalchemy import Connection

from app.base.database import Base


def check_foreign_keys(connection: Connection, wanted: str) -> None:
    """SQLite changes a table by making it anew, while others refer to it: it must not look meanwhile.

    The switch works only outside a transaction, so it goes past SQLAlchemy, which would begin one.
    """
    if connection.dialect.name == "sqlite":
        connection.connection.execute(f"PRAGMA foreign_keys={wanted}")


with context.config.attributes["engine"].connect() as connection:
    check_foreign_keys(connection, "OFF")
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError("the migration would leave rows that refer to nothing")
    check_foreign_keys(connection, "ON")
