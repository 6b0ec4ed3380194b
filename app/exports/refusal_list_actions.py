"""不合格名单: a list of photos that another system refuses comes in, and each case goes back to its candidate."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Integer, Row, Select, String, func, select
from sqlalchemy.orm import Session

from app.application.model import Application
from app.application.workflow import Status
from app.base.errors import N_, Refused
from app.exports import refusal_texts as texts
from app.exports.refusal_actions import refuse_outside
from app.exports.refusal_queries import histories_of, known_people
from app.exports.refusal_rules import RefusalEffect, RefusedRow, WrongRow, person_of, standing_of, what_follows
from app.identity.actor_rules import Actor
from app.imports.case_queries import cases_of
from app.imports.kind_actions import Counts, Kind
from app.imports.report_rules import CaseChange, Mistake
from app.imports.row_rules import BadFile, RowBatch
from app.imports.stage_actions import Stage
from app.imports.texts import MISSING_COLUMNS
from app.review.rules import OPINION

NAMED_BY = ("exam_number", "id_number", "file_name")
log = logging.getLogger(__name__)


class Refusals(Kind):
    """A row becomes nothing of ours: it takes a case back. One that was taken back already counts as unchanged.

    A machine check gives a row for each of its reasons: those of one candidate go to the case together.
    """

    may_repeat = True

    def __init__(self) -> None:
        super().__init__("refusals", N_("照片不合格名单"), ("candidate_id",))

    def columns(self, fields: Sequence[str]) -> list[Column[Any]]:
        """Who, why, and what the row does."""
        if not set(NAMED_BY) & set(fields):
            raise BadFile(MISSING_COLUMNS, columns=texts.NO_COLUMN)
        return [Column("candidate_id", Integer), Column("reason", String(OPINION)), Column("standing", String(10))]

    def prepare(self, connection: Connection, batch: RowBatch) -> None:
        """Whoever is named becomes the candidate; rows about nobody, or with nothing to take back, are refused."""
        blank = [""] * len(batch.places)
        named = zip(*(batch.columns.get(name, blank) for name in NAMED_BY), strict=True)
        rows = [RefusedRow(*map(str, each)) for each in named]
        with Session(connection) as session:
            people, standings, wrong = _judged(session, rows)
        batch.findings += [
            Mistake(batch.places[at], why.heading, why.text, why.facts) for at, why in sorted(wrong.items())
        ]
        batch.columns = {
            "candidate_id": [people.get(at) for at in range(len(rows))],
            "reason": batch.columns["reason"],
            "standing": [standings.get(at) for at in range(len(rows))],
        }
        batch.take_out(set(wrong))

    def check(self, stage: Stage) -> Iterator[Mistake]:
        """The reasons of one candidate, together, fit where one stands."""
        for rows in _by_candidate(stage.connection.execute(_in_order(stage)).all()).values():
            length = len(_reasons(rows))
            if length > OPINION:
                facts = {"length": length, "longest": OPINION}
                yield from (Mistake(row.place, texts.REASON, texts.TOO_LONG_TOGETHER, facts) for row in rows)

    def compare(self, stage: Stage) -> Counts:
        """Cases that would be reopened are changed, others are as they were."""
        done = select(func.count()).select_from(stage.rows).where(stage.rows.c.standing == RefusalEffect.DONE)
        same = stage.connection.scalar(done) or 0
        return Counts(0, stage.count() - same, same)

    def cases(self, session: Session, stage: Stage, now: datetime) -> Iterator[CaseChange]:  # noqa: ARG002
        """Each with its reason and what follows; also those for which nothing does."""
        listed = _by_candidate(session.execute(_in_order(stage)).all())
        named = Application.candidate_id.in_(select(stage.rows.c.candidate_id))
        for application, person in cases_of(session, named):
            rows, status = listed[person.id], Status(application.status)
            standing = RefusalEffect(rows[0].standing)
            reopens = standing != RefusalEffect.DONE
            yield CaseChange(
                application.id,
                person.id,
                person.exam_number,
                person.name,
                status,
                {texts.REASON: ("", _reasons(rows))} if reopens else {},
                what_follows(standing, status),
                standing if reopens else "",
            )

    def write(self, session: Session, stage: Stage, now: datetime) -> None:
        """There is no table of ours for these rows: everything follows case by case."""

    def follow(self, session: Session, case: CaseChange, actor: Actor, now: datetime) -> None:
        """Back to the camera. What has moved on since the look, such as an approval that was undone, stays."""
        if not case.effect:
            return
        application = session.get_one(Application, case.application_id)
        try:
            with session.begin_nested():
                refuse_outside(session, application, case.changes[texts.REASON][1], actor.id, now)
        except Refused as why:
            log.warning("application %s was not reopened: %s", application.id, why.code)


def _in_order(stage: Stage) -> Select[Any]:
    return select(stage.rows).order_by(stage.rows.c.place)


def _by_candidate(rows: Sequence[Row[Any]]) -> dict[int, list[Row[Any]]]:
    found = dict[int, list[Row[Any]]]()
    for row in rows:
        found.setdefault(row.candidate_id, []).append(row)
    return found


def _reasons(rows: Sequence[Row[Any]]) -> str:
    """All of one candidate, each once, in the order of the list."""
    *before, last = dict.fromkeys(str(row.reason) for row in rows)
    return "；".join([*(each.rstrip("；;。") for each in before), last])


def _judged(
    session: Session, rows: Sequence[RefusedRow]
) -> tuple[dict[int, int], dict[int, RefusalEffect], dict[int, WrongRow]]:
    """By the index of the row: whom it means, what it does, what is wrong with it."""
    people, standings, wrong = dict[int, int](), dict[int, RefusalEffect](), dict[int, WrongRow]()
    known = known_people(session, {word for row in rows for word in row.words})
    for at, row in enumerate(rows):
        try:
            people[at] = person_of(row, known)
        except WrongRow as why:
            wrong[at] = why
    histories = histories_of(session, set(people.values()))
    for at, person in people.items():
        try:
            standings[at] = standing_of(histories[person])
        except WrongRow as why:
            wrong[at] = why
    return people, standings, wrong
