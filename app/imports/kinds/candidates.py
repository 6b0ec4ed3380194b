"""考生: the people. Whoever is known by the 准考证号 is changed, others are added; nobody is removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Row, String, Table, bindparam, select, update
from sqlalchemy.orm import Session

from app.application.model import Application
from app.application.rules import branch_of
from app.application.status_rules import STATUSES
from app.application.workflow import Branch, Status
from app.base.errors import N_
from app.identity.actor_rules import Actor
from app.identity.model import Candidate
from app.identity.need_queries import CANDIDATES
from app.identity.passwords import HASHER
from app.identity.rules import RESIDENT_ID
from app.imports import texts
from app.imports.case_actions import follow
from app.imports.case_queries import case, cases_of, copy_of
from app.imports.case_rules import BRANCH_MAY_CHANGE, of_forecast, of_identity
from app.imports.kind_actions import Progress, TableKind
from app.imports.report_rules import CaseChange, Mistake
from app.imports.row_rules import RowBatch
from app.imports.stage_actions import Stage
from app.study.queries import forecast_of

TABLE = Candidate.__table__
# Fields of which a change matters to an application under way, and what they are called.
IDENTITY = {
    "name": "姓名",  # marked where the phone says it
    "sex": N_("性别"),
    "born_on": N_("出生日期"),
    "id_type": N_("证件类型"),
    "id_number": "证件号",  # as above
}
STUDY = {
    "major": N_("报考专业"),
    "programme_university": N_("专业建设主考学校"),
    "course_group": N_("课程组"),
    "examining_university": N_("承办主考学校"),
}
HASHING = N_("保护初始密码")
AT_ONCE = 100
# Who logs in with a password that came in a list has to choose an own one, where the table has a column for that.
MUST_CHANGE = "must_change_password"


class Candidates(TableKind):
    """A list may bring 初始密码 for new candidates. It is kept as a hash alone; nobody's password is changed by a list.
    Without one they come from the parent system, or with a code of the office."""

    def __init__(self) -> None:
        assert isinstance(TABLE, Table)  # noqa: S101 — every model of ours is one
        super().__init__("candidates", CANDIDATES, TABLE, ("exam_number",))

    def columns(self, fields: Sequence[str]) -> list[Column[Any]]:
        """And the password: as it came, then as its hash."""
        made = super().columns(fields)
        must_change = [Column(MUST_CHANGE, Boolean)] if MUST_CHANGE in self.table.columns else []
        return [*made, Column("initial_password", String(64)), Column("password_hash", String(200)), *must_change]

    def prepare(self, connection: Connection, batch: RowBatch) -> None:  # noqa: ARG002
        """Nobody has a hash yet."""
        batch.columns.setdefault("initial_password", [""] * len(batch.places))
        batch.columns["password_hash"] = [""] * len(batch.places)
        batch.columns[MUST_CHANGE] = [bool(password) for password in batch.columns["initial_password"]]

    def compared(self, stage: Stage) -> list[str]:
        """Passwords are not what a list decides about."""
        return [name for name in stage.fields if name not in ("initial_password", "password_hash", MUST_CHANGE)]

    def check(self, stage: Stage) -> Iterator[Mistake]:
        """Nobody changes to another kind of document in the middle of what follows from the first one."""
        rows = stage.rows
        under_way = select(rows.c.place, Application.status, rows.c.id_type, Candidate.id_type)
        under_way = under_way.join(Candidate, Candidate.exam_number == rows.c.exam_number)
        under_way = under_way.join(Application, Application.candidate_id == Candidate.id)
        under_way = under_way.where(Application.closed_at.is_(None), rows.c.id_type != Candidate.id_type)
        for place, status, after, before in stage.connection.execute(under_way):
            if (after == RESIDENT_ID) != (before == RESIDENT_ID) and status not in BRANCH_MAY_CHANGE:
                facts = {"status": STATUSES[Status(status)].label}
                yield Mistake(place, "证件类型", texts.BRANCH_CHANGES, facts)

    def cases(self, session: Session, stage: Stage, now: datetime) -> Iterator[CaseChange]:
        """Those whose name, document or programme becomes another."""
        rows = stage.rows
        changed = select(rows).where(rows.c.place.in_(select(stage.changed.c.place))).subquery()
        for application, person in cases_of(session, Candidate.exam_number.in_(select(changed.c.exam_number))):
            [row] = session.execute(select(rows).where(rows.c.exam_number == person.exam_number))
            if identity := _changes(person, row, IDENTITY):
                branch: Branch = branch_of(row.id_type)
                yield case(application, person, identity, of_identity(Status(application.status), branch))
            if study := _changes(person, row, STUDY):
                future = copy_of(person, {name: getattr(row, name) for name in STUDY if name in row._fields})
                before, after = (forecast_of(session, each, now).passed for each in (person, future))
                yield case(application, person, study, of_forecast(Status(application.status), before, after))

    def follow(self, session: Session, case: CaseChange, actor: Actor, now: datetime) -> None:
        """Compare again, tell the office, or hold."""
        follow(session, case, actor, now)

    def ready(self, stage: Stage, progress: Progress) -> None:
        """Hash the passwords of those who are new: some 20 ms each, in threads, since Argon2 lets go of the lock."""
        new = stage.is_new(self.table).subquery()
        wanted = stage.connection.execute(
            select(new.c.place, new.c.initial_password).where(new.c.initial_password != "")
        )
        people = wanted.all()
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


def _changes(person: Candidate, row: Row[Any], fields: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """What it is called → before and after, of the fields that differ and that the list has."""
    listed = {name: words for name, words in fields.items() if name in row._fields}
    pairs = {words: (getattr(person, name), getattr(row, name)) for name, words in listed.items()}
    return {words: (str(before), str(after)) for words, (before, after) in pairs.items() if before != after}
