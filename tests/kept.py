"""What is made once and kept for every world of a process: compiled templates and statements, an empty database."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Dialect, Engine
from sqlalchemy.engine.interfaces import CompiledCacheType

from app.base.database import Database


class Compiled(BytecodeCache):
    """Templates are compiled once, not once a world."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()
STATEMENTS: CompiledCacheType = {}


@cache
def empty_database() -> tuple[bytes, Dialect]:
    """A file with all tables and no rows, to begin worlds with; and the dialect, which knows SQLite by now."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{folder}/empty.db")
        db.upgrade()
        db.engine.dispose()
        return Path(folder, "empty.db").read_bytes(), db.engine.dialect


def remember_statements(engine: Engine) -> None:
    """Statements are compiled once, not once a world: SQLAlchemy keeps them by dialect."""
    engine.dialect = empty_database()[1]
    engine.update_execution_options(compiled_cache=STATEMENTS)
