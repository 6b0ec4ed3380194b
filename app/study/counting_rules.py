"""What counts as what: each course of a programme with the best that a candidate has for it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.base.errors import N_

if TYPE_CHECKING:
    from app.study.model import Programme, ProgrammeCourse, Score


class CourseKind(StrEnum):
    """What a course is in its programme."""

    REQUIRED = "required"
    PRACTICAL = "practical"
    THESIS = "thesis"
    ELECTIVE = "elective"
    BRIDGING = "bridging"


KINDS = {
    CourseKind.REQUIRED: N_("必考"),
    CourseKind.PRACTICAL: N_("实践"),
    CourseKind.THESIS: N_("论文"),
    CourseKind.ELECTIVE: N_("选考"),
    CourseKind.BRIDGING: N_("加考"),
}
PRACTICAL_KINDS = (CourseKind.PRACTICAL, CourseKind.THESIS)


@dataclass(frozen=True)
class CountedCourse:
    """One course for the table: of the programme, or (`kind` None) only of the scores.

    `score` and `month` are those of what it was passed by: itself, or the courses `by` (code and name) that replace it.
    `fits` is false when something practical was passed for another major or at another school, namely `school`.
    `counts_for` names the course that one outside the programme replaces.
    """

    code: str
    name: str
    kind: CourseKind | None
    credits: int
    score: str = ""
    month: str = ""
    passed: bool = False
    fits: bool = True
    school: str = ""
    by: tuple[str, ...] = ()
    counts_for: str = ""

    @property
    def counts(self) -> bool:
        """Whether it counts: as itself, or for the course that it replaces."""
        return self.passed and bool(self.kind or self.counts_for)


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


def lines_of(
    programme: Programme, kinds: Collection[CourseKind], scores: Sequence[Score], school: str
) -> tuple[CountedCourse, ...]:
    """The programme's courses of these kinds in its order, then what else was sat, by code.

    A course of the programme counts as itself only; any other at most once, for the course that it replaces.
    `school` is the examining school chosen.
    """
    plan = [course for course in programme.courses if CourseKind(course.kind) in kinds]
    count = _Count(programme, {course.code for course in plan}, scores, school)
    ways = [(course, count.best_way(course)) for course in plan]
    used = {score.code: course for course, way in ways if way.complete for score in way.scores}
    others = _latest([score for score in scores if score.code not in count.codes])
    return (*(_line(course, way) for course, way in ways), *(_other(score, used.get(score.code)) for score in others))


@dataclass(frozen=True)
class _Count:
    """What somebody's scores are worth in a programme; `codes` are those of its courses that are asked."""

    programme: Programme
    codes: Collection[str]
    scores: Sequence[Score]
    school: str

    def best_way(self, course: ProgrammeCourse) -> _Way:
        return max((self._way(course, codes) for codes in self._ways(course)), key=lambda way: way.rank)

    def _ways(self, course: ProgrammeCourse) -> Iterator[tuple[str, ...]]:
        """The codes that have to be passed together: its own, then each way of replacing it."""
        yield (course.code,)
        replacing = [each for each in self.programme.replacements if each.new_code == course.code]
        old = [each for each in replacing if each.old_code not in self.codes]
        for way in sorted({each.way for each in old}):
            yield tuple(sorted(each.old_code for each in old if each.way == way))

    def _way(self, course: ProgrammeCourse, codes: tuple[str, ...]) -> _Way:
        found = [self._best(course, code) for code in codes]
        had = tuple(score for score in found if score)
        complete = len(had) == len(codes) and all(score.passed for score in had)
        return _Way(had, codes == (course.code,), complete, all(self._fits(course, score) for score in had))

    def _best(self, course: ProgrammeCourse, code: str) -> Score | None:
        of_it = [score for score in self.scores if score.code == code]
        return max(of_it, key=lambda one: (one.passed, self._fits(course, one), *_newest(one)), default=None)

    def _fits(self, course: ProgrammeCourse, score: Score) -> bool:
        wanted = course.school or self.school
        return course.kind not in PRACTICAL_KINDS or (
            score.school == wanted and score.major in ("", self.programme.code)
        )


def _newest(score: Score) -> tuple[str, ...]:
    return (score.taken_in, score.score, score.school, score.major, score.name)


def _latest(scores: Sequence[Score]) -> list[Score]:
    """One a code, the best and then the newest, by code."""
    ranked = sorted(scores, key=lambda score: (score.passed, *_newest(score)))
    return [score for _code, score in sorted({score.code: score for score in ranked}.items())]


def _line(course: ProgrammeCourse, way: _Way) -> CountedCourse:
    return CountedCourse(
        course.code,
        course.name,
        CourseKind(course.kind),
        course.credits,
        passed=way.complete,
        fits=way.fits,
        score="、".join(score.score for score in way.scores),
        month=max((score.taken_in for score in way.scores), default=""),
        school="、".join(sorted({score.school for score in way.scores})),
        by=() if way.direct else tuple(f"{score.code} {score.name}" for score in way.scores),
    )


def _other(score: Score, course: ProgrammeCourse | None) -> CountedCourse:
    counts_for = f"{course.code} {course.name}" if course else ""
    return CountedCourse(
        score.code, score.name, None, 0, score.score, score.taken_in, score.passed, counts_for=counts_for
    )
