"""停考 and 已有学历: what else of a candidate's records decides about the forecast."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from app.base.errors import N_
from app.imports import texts
from app.imports.kinds.owned import OwnedKind
from app.imports.report_rules import Mistake
from app.imports.stage_actions import Stage
from app.study.model import Certificate, Penalty


class Suspensions(OwnedKind):
    """One is told from others by candidate and first day. Lifting one is a new last day."""

    def __init__(self) -> None:
        super().__init__("suspensions", N_("停考"), Penalty, ("candidate_id", "starts_on"), "penalties", "ends_on")

    def check(self, stage: Stage) -> Iterator[Mistake]:
        """None ends before it begins."""
        rows = stage.rows
        backwards = select(rows.c.place).where(rows.c.ends_on < rows.c.starts_on)
        for place in stage.connection.scalars(backwards):
            yield Mistake(place, "结束日期", texts.ENDS_BEFORE)


class Degrees(OwnedKind):
    """Earlier degrees. One is told from others by candidate and number."""

    def __init__(self) -> None:
        super().__init__("degrees", "已有学历", Certificate, ("candidate_id", "number"), "certificates", "level")
