"""An import, from its first row to its last: judged, held against what is there, told; and written if that is asked.

Everything up to the writing happens in temporary tables and locks nobody out. The writing is one transaction together
with the audit and the end of the job: a process that is killed leaves all of it or nothing.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.base.audit import record
from app.base.errors import N_, Fact
from app.identity.act_rules import Act
from app.identity.actor_rules import Actor
from app.imports import texts
from app.imports.kind_actions import Kind
from app.imports.layout_rules import Layout
from app.imports.report_rules import SHOWN, CaseChange, ImportReport, Mistake
from app.imports.row_rules import Judge, Source
from app.imports.stage_actions import Stage
from app.jobs import actions
from app.jobs.runner import Leaving, Running, Stopped

READING, COMPARING, WRITING = N_("读取并检查"), N_("与现有数据比对"), N_("写入数据库")
BEAT = 15.0  # seconds
PATIENCE = 60.0  # seconds for the database, at the end of long work


@dataclass(frozen=True)
class Order:
    """What is to be done: only told, or written too; what of wrong rows. `detail` is the audit's word for the list."""

    write: bool = False
    drop_wrong: bool = False
    detail: str = ""
    actor: Actor | None = None


class WrongRows(Exception):
    """There are wrong rows, and nobody said to leave them out: nothing was written."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__("wrong rows")
        self.report = report


def carry_out(running: Running, kind: Kind, layout: Layout, source: Source, order: Order) -> ImportReport:
    """The report; with `order.write`, everything is written and the job is finished when it comes back.

    Raises BadFile when the list as a whole cannot be imported, WrongRows.
    """
    report, judge = ImportReport(ignored=list(source.ignored)), Judge(layout, source.fields)
    with running.db.workbench() as connection:
        stage = Stage(connection, kind.columns(source.fields), kind.key)
        _load(running, kind, judge, source, stage, report)
        with _alive(running):
            stage.settle()
            cases = _compare(running, kind, stage, report)
        if not order.write:
            return report
        if report.wrong and not order.drop_wrong:
            raise WrongRows(report)
        kind.ready(stage, running.progress)
        running.progress(WRITING)
        running.beat()
        with running.db.writing(PATIENCE, on=connection) as session:
            _write(running, session, kind, stage, report, cases, order)
    return report


@contextmanager
def _alive(running: Running) -> Iterator[None]:
    """One statement may take minutes where the machine is busy: beats go on meanwhile, so that nobody takes the job for
    lost. Whoever wants it stopped is heard at the next progress."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT):
            with suppress(Stopped, Leaving):
                running.beat()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _load(running: Running, kind: Kind, judge: Judge, source: Source, stage: Stage, report: ImportReport) -> None:
    for raw in source.batches():
        report.rows += len(raw.places) + len({each.place for each in raw.refused})
        report.empty += raw.empty
        batch = judge(raw)
        kind.prepare(stage.connection, batch)
        stage.load(batch.places, batch.columns)
        report.wrong += len(batch.wrong)
        report.add(batch.findings)
        running.progress(READING, report.rows, max(source.total, report.rows))
    running.progress(COMPARING)


def _compare(running: Running, kind: Kind, stage: Stage, report: ImportReport) -> list[CaseChange]:
    """Complete the report; the cases that are touched, all of them."""
    if not kind.may_repeat:
        _find_doubled(kind, stage, report)
    wrong = list(kind.check(stage))
    stage.drop({each.place for each in wrong})
    report.add(wrong)
    report.wrong += len({each.place for each in wrong})
    counts = kind.compare(stage)
    report.new, report.changed, report.same, report.kept = counts.new, counts.changed, counts.same, counts.kept
    with Session(stage.connection) as session:
        cases = list(kind.cases(session, stage, running.clock.now()))
    stage.connection.commit()
    for case in cases:
        report.touch(case)
    return cases


def _find_doubled(kind: Kind, stage: Stage, report: ImportReport) -> None:
    count, rows = stage.doubled(SHOWN)
    for each in rows:
        facts: dict[str, Fact] = {"other": each.other, "value": kind.key_words(stage, each)}
        report.add([Mistake(each.place, "", texts.TWICE, facts)])
    report.problems["", texts.TWICE] += count - len(rows)
    report.problems += Counter()  # without what stands at zero
    report.wrong += count


def _write(
    running: Running,
    session: Session,
    kind: Kind,
    stage: Stage,
    report: ImportReport,
    cases: Sequence[CaseChange],
    order: Order,
) -> None:
    now, actor = running.clock.now(), order.actor or Actor.server()
    actions.beat(session, running.job, WRITING, 0, 0, now)
    kind.write(session, stage, now)
    for case in cases:
        kind.follow(session, case, actor, now)
    counts = f"new {report.new}, changed {report.changed}, same {report.same}, left out {report.wrong}"
    record(session, None, str(actor), Act.IMPORTED, now, f"{kind.name}: {counts}; {order.detail}")
    running.finish(session, report.counts)
