"""What counts as what: each course of a programme with the best that a candidate has for it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.base.errors import N_

if TYPE_CHECKING:
    from app.graduation.records import Programme, ProgrammeCourse, Score


class Kind(StrEnum):
    """What a course is in its programme."""

    REQUIRED = "required"
    PRACTICAL = "practical"
    THESIS = "thesis"
    ELECTIVE = "elective"
    ADDED = "added"


KINDS = {
    Kind.REQUIRED: N_("必考"),
    Kind.PRACTICAL: N_("实践"),
    Kind.THESIS: N_("论文"),
    Kind.ELECTIVE: N_("选考"),
    Kind.ADDED: N_("加考"),
}
HANDS_ON = (Kind.PRACTICAL, Kind.THESIS)


@dataclass(frozen=True)
class Line:
    """One course for the table: of the programme, or (`kind` None) only of the scores.

    `score` and `month` are those of what it was passed by: itself, or the courses `by` (code and name) that replace it.
    `fits` is false when something practical was passed for another major or at another school, namely `school`.
    `counts_for` names the course that one outside the programme replaces.
    """

    code: str
    name: str
    kind: Kind | None
    credits: int
    score: str = ""
    month: str = ""
    passed: bool = False
    fits: bool = True
    school: str = ""
    by: tuple[str, ...] = ()
    counts_for: str = ""


@dataclass(frozen=True)
class _Way:
    """One way to have a course: its own score, or those of all the courses that together replace it."""

    scores: tuple[Score, ...]
    direct: bool
    complete: bool
    fits: bool

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        return (self.complete, self.complete and self.fits, self.direct)


def lines_of(programme: Programme, scores: Sequence[Score], school: str) -> tuple[Line, ...]:
    """The programme's courses in its order, then what else was sat, by code. `school` is the examining school chosen.

    A course of the programme counts as itself only; any other at most once, for the course that it replaces.
    """
    ways = [(course, _best_way(programme, course, scores, school)) for course in programme.courses]
    used = {score.code: course for course, way in ways if way.complete for score in way.scores}
    of_plan = {course.code for course in programme.courses}
    others = _latest([score for score in scores if score.code not in of_plan])
    return (*(_line(course, way) for course, way in ways), *(_other(score, used.get(score.code)) for score in others))


def _best_way(programme: Programme, course: ProgrammeCourse, scores: Sequence[Score], school: str) -> _Way:
    ways = [_way(programme, course, codes, scores, school) for codes in _codes(programme, course)]
    return max(ways, key=lambda way: way.rank)


def _codes(programme: Programme, course: ProgrammeCourse) -> Iterator[tuple[str, ...]]:
    """The codes that have to be passed together: its own, then each way of replacing it."""
    yield (course.code,)
    of_plan = {each.code for each in programme.courses}
    old = [each for each in programme.replacements if each.new_code == course.code and each.old_code not in of_plan]
    for way in sorted({each.way for each in old}):
        yield tuple(sorted(each.old_code for each in old if each.way == way))


def _way(
    programme: Programme, course: ProgrammeCourse, codes: tuple[str, ...], scores: Sequence[Score], school: str
) -> _Way:
    wanted = course.school or school

    def fits(score: Score) -> bool:
        return course.kind not in HANDS_ON or (score.school == wanted and score.major in ("", programme.code))

    found = [_best([score for score in scores if score.code == code], fits) for code in codes]
    had = tuple(score for score in found if score)
    complete = len(had) == len(codes) and all(score.passed for score in had)
    return _Way(had, direct=codes == (course.code,), complete=complete, fits=all(map(fits, had)))


def _best(scores: Sequence[Score], fits: Callable[[Score], bool]) -> Score | None:
    return max(scores, key=lambda score: (score.passed, fits(score), *_newest(score)), default=None)


def _newest(score: Score) -> tuple[str, ...]:
    return (score.taken_in, score.score, score.school, score.major, score.name)


def _latest(scores: Sequence[Score]) -> list[Score]:
    """One a code, the best and then the newest, by code."""
    ranked = sorted(scores, key=lambda score: (score.passed, *_newest(score)))
    return [score for _code, score in sorted({score.code: score for score in ranked}.items())]


def _line(course: ProgrammeCourse, way: _Way) -> Line:
    return Line(
        course.code, course.name, Kind(course.kind), course.credits, passed=way.complete, fits=way.fits,
        score="、".join(score.score for score in way.scores),
        month=max((score.taken_in for score in way.scores), default=""),
        school="、".join(sorted({score.school for score in way.scores})),
        by=() if way.direct else tuple(f"{score.code} {score.name}" for score in way.scores),
    )  # fmt: skip


def _other(score: Score, course: ProgrammeCourse | None) -> Line:
    counts_for = f"{course.code} {course.name}" if course else ""
    return Line(score.code, score.name, None, 0, score.score, score.taken_in, score.passed, counts_for=counts_for)
