"""毕业预测: whether a candidate may apply to graduate, and what is missing. Pure: no database, `now` is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.base.clock import in_shanghai
from app.base.errors import N_
from app.study.condition_rules import ALL, Condition, ForecastCase, Told
from app.study.counting_rules import CountedCourse, CourseKind, lines_of
from app.study.degree_rules import asks_bridging

if TYPE_CHECKING:
    from app.study.model import Certificate, Penalty, Programme, Score

NO_PROGRAMME = Condition(
    "programme",
    N_("专业计划"),
    Told(N_("没有找到您报考专业的考试计划，因此无法预测")),
    (Told(N_("请联系市考办，核对报考专业、专业建设主考学校和课程组。")),),
)


@dataclass(frozen=True)
class Records:
    """What the records hold of one candidate, in any order; `school` is the examining school chosen."""

    scores: Sequence[Score] = ()
    penalties: Sequence[Penalty] = ()
    certificates: Sequence[Certificate] = ()
    school: str = ""


@dataclass(frozen=True)
class Forecast:
    """The conditions that apply, and every course as it counts."""

    conditions: tuple[Condition, ...]
    courses: tuple[CountedCourse, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the candidate may apply."""
        return all(condition.met for condition in self.conditions)

    @property
    def unmet(self) -> tuple[Condition, ...]:
        """The conditions that stand in the way."""
        return tuple(condition for condition in self.conditions if not condition.met)

    @property
    def counted(self) -> tuple[CountedCourse, ...]:
        """The courses of the programme that are passed."""
        return tuple(line for line in self.courses if line.kind and line.passed)

    @property
    def credits(self) -> int:
        """The credits of what is counted."""
        return sum(line.credits for line in self.counted)


def forecast(programme: Programme | None, records: Records, now: datetime) -> Forecast:
    """Hold the records against the programme. Without one nothing can be told, and that is what is said."""
    if programme is None:
        return Forecast((NO_PROGRAMME,))
    lines, today = courses(programme, records), in_shanghai(now).date()
    case = ForecastCase(programme, lines, records.penalties, records.certificates, records.school, today)
    return Forecast(tuple(condition for ask in ALL for condition in ask(case)), lines)


def courses(programme: Programme, records: Records) -> tuple[CountedCourse, ...]:
    """Every course as it counts. Added ones that are not asked for are not of the programme."""
    kinds = [
        kind for kind in CourseKind if kind != CourseKind.BRIDGING or asks_bridging(programme, records.certificates)
    ]
    return lines_of(programme, kinds, records.scores, records.school)
