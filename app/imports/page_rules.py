"""What the page of one list shows, worked out from where its jobs stand and what they found. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.application.status_rules import STATUSES
from app.application.workflow import Status
from app.base.errors import N_
from app.base.json_values import JsonObject
from app.imports.report_rules import CaseChange, ImportReport, Mistake
from app.jobs.rules import ENDED, NAMES, TONES, JobState

FIRST = 50  # findings and cases that a page shows; the download has more
PROBLEMS = 12
GIVEN_UP, LOOKED_AT = N_("已放弃"), N_("只检查过")
COUNTS = {
    "rows": N_("数据行"),
    "new": N_("新增"),
    "changed": N_("有变化"),
    "same": N_("没有变化"),
    "wrong": N_("有错"),
}


@dataclass(frozen=True)
class CountLine:
    """One figure."""

    name: str
    words: str
    count: int


@dataclass(frozen=True)
class Problem:
    """One kind of mistake, and how often it is made."""

    heading: str
    text: str
    count: int


@dataclass(frozen=True)
class ChangedField:
    """What it is called, and its values."""

    words: str
    before: str
    after: str


@dataclass(frozen=True)
class CaseLine:
    """A case that is touched; `label` is its status."""

    name: str
    exam_number: str
    label: str
    changes: Sequence[ChangedField]
    text: str


@dataclass(frozen=True)
class ReportView:
    """A report as a page shows it."""

    counts: Sequence[CountLine]
    problems: Sequence[Problem]
    findings: Sequence[Mistake]
    cases: Sequence[CaseLine]
    more_findings: int
    more_cases: int
    kept: int
    empty: int
    ignored: str


@dataclass(frozen=True)
class Standing:
    """Where one list stands. `watched`: its job is still under way. Of the buttons at most one of the first two is
    there: `may_import` when every row is right, `may_drop` when some are. `to_mend`: what is not wrong is there
    already."""

    watched: bool = False
    is_done: bool = False
    is_over: bool = False
    error: bool = False
    may_import: bool = False
    may_drop: bool = False
    may_give_up: bool = False
    nothing_to_do: bool = False
    to_mend: bool = False


def view_of(report: ImportReport) -> ReportView:
    """The first of everything, and how much more there is."""
    counted = report.counts
    counts = [CountLine(name, words, int(str(counted[name]))) for name, words in COUNTS.items()]
    problems = [Problem(heading, text, count) for (heading, text), count in report.problems.most_common(PROBLEMS)]
    return ReportView(
        counts=counts,
        problems=problems,
        findings=report.findings[:FIRST],
        cases=[_case(each) for each in report.cases[:FIRST]],
        more_findings=max(0, sum(report.problems.values()) - FIRST),
        more_cases=max(0, report.touched - FIRST),
        kept=report.kept,
        empty=report.empty,
        ignored="、".join(report.ignored),
    )


def _case(case: CaseChange) -> CaseLine:
    changes = [ChangedField(words, before, after) for words, (before, after) in case.changes.items()]
    return CaseLine(case.name, case.exam_number, STATUSES[Status(case.status)].label, changes, case.text)


def end_of(look: JobState | None, entry: JobState | None, given_up: bool) -> tuple[str, str]:
    """How a list ended, in a word, and the tone of it."""
    if given_up:
        return GIVEN_UP, "inform"
    if entry:
        return NAMES[entry], TONES[entry]
    if look == JobState.DONE:
        return LOOKED_AT, "inform"
    return (NAMES[look], TONES[look]) if look else (LOOKED_AT, "inform")


def figures(outcome: JsonObject) -> list[CountLine]:
    """The counts of a job's outcome, where it has any."""
    return [CountLine(name, words, int(str(outcome[name]))) for name, words in COUNTS.items() if "wrong" in outcome]


def standing(look: JobState | None, entry: JobState | None, given_up: bool, report: ImportReport | None) -> Standing:
    """From the states of the job that looked and of the one that wrote (None: nobody asked yet)."""
    if given_up:
        return Standing(is_over=True)
    newest = entry or look
    if newest and newest not in ENDED:
        return Standing(watched=True)
    if entry == JobState.DONE:
        return Standing(is_done=True)
    if look != JobState.DONE:
        return Standing(error=True)
    if report is None:
        return Standing(is_over=True)
    some = report.new + report.changed > 0
    return Standing(
        error=entry is not None,
        may_import=some and not report.wrong,
        may_drop=some and report.wrong > 0,
        may_give_up=True,
        nothing_to_do=not some and not report.wrong,
        to_mend=not some and report.wrong > 0,
    )
