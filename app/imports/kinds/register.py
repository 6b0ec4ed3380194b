"""人口库: the local copy of the population register. One is told from others by the ID number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from app.application.workflow import Branch, Status
from app.base.errors import N_
from app.identity.actor_rules import Actor
from app.identity.model import Candidate
from app.imports.case_actions import follow
from app.imports.case_queries import case, cases_of, new_or_changed
from app.imports.case_rules import of_register
from app.imports.kind_actions import TableKind
from app.imports.report_rules import CaseChange
from app.imports.stage_actions import Stage
from app.register.model import RegisterEntry

TABLE = RegisterEntry.__table__


class RegisterRows(TableKind):
    """Whoever waits for the register is asked about at once; who did not match is compared again."""

    def __init__(self) -> None:
        assert isinstance(TABLE, Table)  # noqa: S101 — every model of ours is one
        super().__init__("register", N_("人口库"), TABLE, ("id_number",))

    def cases(self, session: Session, stage: Stage, now: datetime) -> Iterator[CaseChange]:  # noqa: ARG002
        """Those with an ID card whose row is new or another."""
        told = new_or_changed(stage.rows, stage.changed, self.table, stage.same_key(self.table))
        numbers = select(stage.rows.c.id_number).where(told)
        for application, candidate in cases_of(session, func.upper(Candidate.id_number).in_(numbers)):
            consequence = of_register(Status(application.status))
            if consequence and application.branch == Branch.ID_CARD:
                yield case(application, candidate, {}, consequence)

    def follow(self, session: Session, case: CaseChange, actor: Actor, now: datetime) -> None:
        """Ask, or compare again."""
        follow(session, case, actor, now)
