"""The tables of the database as the migrations make them.

Loaded by whoever needs it (`Database` does so late): most processes never do, and Alembic has 11 MB.
"""

from __future__ import annotations

from pathlib import Path

import alembic.command
import alembic.config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

MIGRATIONS = Path(__file__).with_name("migrations")


def upgrade(engine: Engine, to: str) -> None:
    """Bring the tables to this migration."""
    alembic.command.upgrade(_config(engine), to)


def is_current(engine: Engine) -> bool:
    """Whether the tables are at the newest migration."""
    return _revision(engine) == ScriptDirectory.from_config(_config(engine)).get_current_head()


def is_known(engine: Engine) -> bool:
    """Whether the tables are at one of our migrations."""
    scripts = ScriptDirectory.from_config(_config(engine)).walk_revisions()
    return _revision(engine) in {script.revision for script in scripts}


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _config(engine: Engine) -> alembic.config.Config:
    config = alembic.config.Config(attributes={"engine": engine.execution_options(writing=True)})
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
