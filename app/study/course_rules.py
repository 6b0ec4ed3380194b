"""The courses of a forecast as rows of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.base.errors import N_
from app.study.counting_rules import KINDS, CountedCourse

NOTHING = "—"
OUTSIDE = N_("计划外")


@dataclass(frozen=True)
class CourseOutcome:
    """What became of a course: words with their `facts`; `icon` is empty for none, `long` for a line of its own."""

    words: str
    icon: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    long: bool = False


@dataclass(frozen=True)
class CourseRow:
    """A course as it is shown. `state` is counts, open (asked and not passed) or aside (outside the programme)."""

    code: str
    name: str
    kind: str
    credits: str
    score: str
    month: str
    state: str
    outcome: CourseOutcome


def rows_of(lines: tuple[CountedCourse, ...]) -> list[CourseRow]:
    """The table."""
    return [_row(line) for line in lines]


def _row(line: CountedCourse) -> CourseRow:
    return CourseRow(
        line.code,
        line.name,
        KINDS[line.kind] if line.kind else OUTSIDE,
        str(line.credits) if line.kind else NOTHING,
        line.score or NOTHING,
        line.month or NOTHING,
        "counts" if line.counts else "open" if line.kind else "aside",
        _passed(line) if line.counts else _left(line),
    )


def _passed(line: CountedCourse) -> CourseOutcome:
    if line.by:
        return CourseOutcome(N_("由 %(old)s 顶替"), "check", {"old": "、".join(line.by)}, long=True)
    if line.kind:
        return CourseOutcome(N_("已计入"), "check", long=bool(line.counts_for))
    return CourseOutcome(N_("顶替 %(new)s"), "check", {"new": line.counts_for}, long=True)


def _left(line: CountedCourse) -> CourseOutcome:
    if not line.kind:
        return CourseOutcome(N_("不计入"))
    return CourseOutcome(N_("未合格"), "cross") if line.score else CourseOutcome(N_("未考"))
