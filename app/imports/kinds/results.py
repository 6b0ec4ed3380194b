"""成绩: sittings of courses. One is told from others by candidate, course and month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection

from app.base.errors import N_
from app.imports.cell_rules import Value
from app.imports.kinds.owned import OwnedKind
from app.imports.row_rules import RowBatch
from app.study.model import Score

ENOUGH = 60.0
GRADES = ("合格", "及格", "中等", "良好", "优秀")


class Results(OwnedKind):
    """Where a list does not say whether somebody passed, the score says it."""

    def __init__(self) -> None:
        super().__init__("results", N_("成绩"), Score, ("candidate_id", "code", "taken_in"), "scores", "score")
        self._passes: dict[Value, bool] = {}

    def columns(self, fields: Sequence[str]) -> list[Column[Any]]:
        """Whether it is passed is always known."""
        return super().columns([*fields, "passed"])

    def prepare(self, connection: Connection, batch: RowBatch) -> None:
        """Say of every score whether it is a pass."""
        scores = batch.columns["score"]
        for score in set(scores).difference(self._passes):
            self._passes[score] = passes(str(score))
        told = batch.columns.get("passed")
        if told is None:
            batch.columns["passed"] = list(map(self._passes.__getitem__, scores))
        elif None in told:
            batch.columns["passed"] = [
                self._passes[score] if said is None else said for said, score in zip(told, scores, strict=True)
            ]
        super().prepare(connection, batch)


def passes(score: str) -> bool:
    """Whether a score is a pass, as the examinations count: 60 of 100, or one of the grades above 不及格."""
    if score in GRADES:
        return True
    return score.replace(".", "", 1).isdigit() and float(score) >= ENOUGH
