"""考生: the people. Whoever is known by the 准考证号 is changed, others are added; nobody is removed."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import Column, Connection, String, bindparam, select, update

from app.base.errors import N_
from app.identity.model import Candidate
from app.identity.passwords import HASHER
from app.imports.kind_actions import Progress, TableKind
from app.imports.row_rules import Batch
from app.imports.stage_actions import Stage

TABLE = Candidate.__table__
HASHING = N_("保护初始密码")
AT_ONCE = 100
# Another part adds this column: who logs in with a password that came in a list has to choose an own one.
MUST_CHANGE = "must_change_password"


class Candidates(TableKind):
    """A list may bring 初始密码 for new candidates. It is kept as a hash alone; nobody's password is changed by a list.
    Without one they come from the parent system, or with a code of the office."""

    def __init__(self) -> None:
        super().__init__("candidates", N_("考生"), TABLE, ("exam_number",))  # type: ignore[arg-type]

    def columns(self, fields: Sequence[str]) -> list[Column[Any]]:
        """And the password: as it came, then as its hash."""
        made = super().columns(fields)
        return [*made, Column("initial_password", String(64)), Column("password_hash", String(200))]

    def prepare(self, connection: Connection, batch: Batch) -> None:  # noqa: ARG002
        """Nobody has a hash yet."""
        batch.columns.setdefault("initial_password", [""] * len(batch.places))
        batch.columns["password_hash"] = [""] * len(batch.places)

    def compared(self, stage: Stage) -> list[str]:
        """Passwords are not what a list decides about."""
        return [name for name in stage.fields if name not in ("initial_password", "password_hash")]

    def ready(self, stage: Stage, progress: Progress) -> None:
        """Hash the passwords of those who are new: some 20 ms each, in threads, since Argon2 lets go of the lock."""
        new = stage.is_new(self.table).subquery()
        wanted = stage.connection.execute(
            select(new.c.place, new.c.initial_password).where(new.c.initial_password != "")
        )
        people = wanted.tuples().all()
        stage.connection.commit()
        change = update(stage.rows).where(stage.rows.c.place == bindparam("at")).values(password_hash=bindparam("hash"))
        with ThreadPoolExecutor(2) as threads:
            for at in range(0, len(people), AT_ONCE):
                some = people[at : at + AT_ONCE]
                hashes = threads.map(HASHER.hash, [password for _place, password in some])
                rows = [{"at": place, "hash": hashed} for (place, _), hashed in zip(some, hashes, strict=True)]
                stage.connection.execute(change.values(initial_password=""), rows)
                stage.connection.commit()
                progress(HASHING, at + len(some), len(people))
