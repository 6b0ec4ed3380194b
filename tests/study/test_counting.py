"""What counts as what: courses that are replaced, and what holds whatever was sat."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.study.counting_rules import CountedCourse, CourseKind, lines_of
from app.study.forecast_rules import Forecast, Records, forecast
from app.study.model import Score
from tests.records import COURSES, SCHOOL, passes, programme, score

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
# 综合英语 was one old course, or two together; an elective had another name.
OLD = [
    ("10001", "00794", 0),
    ("10002", "00794", 1),
    ("10003", "00794", 1),
    ("10004", "00522", 0),
    ("10005", "05441", 0),
]
PLAN = programme(replacements=OLD, elective_credits=9, elective_count=2)
CODES = [row[0] for row in COURSES] + [old for old, _new, _way in OLD] + ["99999"]

sittings = st.builds(
    score,
    st.sampled_from(CODES),
    st.sampled_from(["合格", "不合格x", "59", "60", "88"]),
    taken_in=st.sampled_from(["202304", "202410"]),
    school=st.sampled_from([SCHOOL, "601 中山大学", ""]),
    major=st.sampled_from(["A050226", "B120201", ""]),
)
many = st.lists(sittings, max_size=16)


def line(scores: list[Score], code: str) -> CountedCourse:
    """One line of the table."""
    return next(each for each in lines_of(PLAN, tuple(CourseKind), scores, SCHOOL) if each.code == code)


def of(scores: list[Score]) -> Forecast:
    return forecast(PLAN, Records(scores, school=SCHOOL), NOW)


def missing(result: Forecast) -> int:
    return sum(len(condition.missing) for condition in result.conditions)


def test_an_old_course_counts_for_the_new_one() -> None:
    scores = [score("10001", "65", name="旧综合英语", taken_in="201904")]
    new, old = line(scores, "00794"), line(scores, "10001")
    assert (new.passed, new.score, new.month, new.by) == (True, "65", "201904", ("10001 旧综合英语",))
    assert (old.kind, old.counts_for, old.credits) == (None, "00794 综合英语", 0)


def test_courses_that_were_merged_are_needed_together() -> None:
    assert not line([score("10002")], "00794").passed
    both = [score("10002", "61", name="甲"), score("10003", "72", name="乙")]
    assert (line(both, "00794").passed, line(both, "00794").score) == (True, "61、72")


def test_who_passed_the_new_course_needs_no_old_one() -> None:
    scores = [score("00794", "80"), score("10001", "65")]
    assert (line(scores, "00794").score, line(scores, "00794").by) == ("80", ())
    assert line(scores, "10001").counts_for == ""


def test_a_course_of_the_programme_counts_as_itself_only() -> None:
    plan = programme(replacements=[("00522", "00794", 0)])
    [new] = [each for each in lines_of(plan, tuple(CourseKind), [score("00522")], SCHOOL) if each.code == "00794"]
    assert not new.passed


def test_a_practical_course_from_elsewhere_gives_way_to_an_old_one_from_here() -> None:
    scores = [score("05441", "合格", school="601 中山大学"), score("10005", "合格")]
    assert line(scores, "05441").fits


def test_what_is_not_of_the_programme_is_shown_and_does_not_count() -> None:
    result = of([score("99999", "90")])
    assert result.courses[-1].code == "99999"
    assert result.counted == ()


@given(many, sittings)
def test_one_more_pass_never_makes_it_worse(scores: list[Score], more: Score) -> None:
    before, after = of(scores), of([*scores, more])
    assert after.credits >= before.credits
    assert missing(after) <= missing(before)
    assert after.passed or not before.passed


@given(many, st.randoms(use_true_random=False))
def test_the_order_of_the_scores_does_not_matter(scores: list[Score], chance: Random) -> None:
    mixed = list(scores)
    chance.shuffle(mixed)
    assert of(mixed) == of(scores)


@given(many)
def test_each_course_counts_once(scores: list[Score]) -> None:
    result = of(scores)
    codes = [each.code for each in result.courses]
    assert len(codes) == len(set(codes))
    counted = sum(max(1, len(each.by)) for each in result.counted)
    assert counted <= len({each.code for each in scores if each.passed})
    assert result.credits <= sum(row[2] for row in COURSES)


@given(many)
def test_it_passes_exactly_when_nothing_is_missing(scores: list[Score]) -> None:
    assert of(scores).passed == (missing(of(scores)) == 0)
    assert of([*scores, *passes()]).passed
