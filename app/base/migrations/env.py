"""Alembic's entry: runs the migrations on the engine that `Database.upgrade` hands over."""

from alembic import context

from app.base.db import Base

with context.config.attributes["engine"].connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
