"""毕业预测: each condition by itself, told with what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from app.study.forecast_rules import Forecast, Records, forecast
from app.study.model import Certificate, Penalty, Programme, Score
from tests.records import COURSES, SCHOOL, Note, certificate, course, passes, penalty, programme, score

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def told(result: Forecast) -> dict[str, list[str]]:
    """Every missing thing as a person reads it, by condition."""
    return {condition.name: [each.text % each.facts for each in condition.missing] for condition in result.unmet}


def of(
    plan: Programme | None = None,
    scores: list[Score] | None = None,
    penalties: Sequence[Penalty] = (),
    certificates: Sequence[Certificate] = (),
    school: str = SCHOOL,
    now: datetime = NOW,
) -> Forecast:
    """A forecast; without scores everything is passed."""
    scores = passes() if scores is None else scores
    return forecast(plan or programme(), Records(scores, penalties, certificates, school), now)


def test_who_has_passed_everything_may_apply() -> None:
    result = of()
    assert result.passed
    assert told(result) == {}
    assert result.credits == 2 + 10 + 6 + 4 + 4 + 5


def test_conditions_that_ask_nothing_are_left_out() -> None:
    bare = of(programme([("03706", "思想道德修养", 2, "required")]))
    assert [condition.name for condition in bare.conditions] == ["required", "penalty", "certificate"]


def test_without_a_programme_nothing_can_be_told_and_that_is_said() -> None:
    result = forecast(None, Records(passes()), NOW)
    assert not result.passed
    assert told(result) == {"programme": ["请联系市考办，核对报考专业、专业建设主考学校和课程组。"]}
    assert result.courses == ()


@pytest.mark.parametrize(
    ("scores", "missing"),
    [
        ([], ["03706 思想道德修养（2 学分）还没有成绩。", "00794 综合英语（10 学分）还没有成绩。"]),
        ([score("03706"), score("00794", "52")], ["00794 综合英语（10 学分）成绩 52，未合格。"]),
        (
            [score("03706"), score("00794", "40", taken_in="202404"), score("00794", "52")],
            ["00794 综合英语（10 学分）成绩 52，未合格。"],
        ),
        ([score("03706"), score("00794", "60"), score("00794", "40", taken_in="202504")], None),
    ],
    ids=["nothing sat", "one failed", "the newest failure counts", "a pass stays a pass"],
)
def test_every_required_course_is_passed(scores: list[Score], missing: list[str] | None) -> None:
    plan = programme(COURSES[:2])
    assert told(of(plan, scores)).get("required") == missing


def test_practical_courses_and_the_thesis_are_told_apart_from_what_is_written() -> None:
    assert told(of(scores=passes(but=("05441", "06999")))) == {
        "practical": ["05441 商务听说（6 学分）还没有成绩。", "06999 毕业论文（4 学分）还没有成绩。"]
    }


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        ({"elective_credits": 9}, None),
        ({"elective_credits": 12}, ["选考课程还差 3 学分。"]),
        ({"elective_count": 2}, None),
        ({"elective_count": 3}, ["选考课程还差 1 门。"]),
        ({"elective_credits": 10, "elective_count": 4}, ["选考课程还差 1 学分。", "选考课程还差 2 门。"]),
    ],
)
def test_electives_are_counted_by_credits_by_number_or_both(asked: dict[str, int], missing: list[str] | None) -> None:
    assert told(of(programme(COURSES, (), **asked))).get("elective") == missing


@pytest.mark.parametrize(
    ("degrees", "missing"),
    [
        ([], ["没有查到您的专科或以上学历。请到“学历管理”核对，缺少的请联系市考办登记。"]),
        ([certificate(level="高中")], ["没有查到您的专科或以上学历。请到“学历管理”核对，缺少的请联系市考办登记。"]),
        ([certificate()], None),
        ([certificate(level="硕士")], None),
    ],
    ids=["none", "too low", "enough", "more"],
)
def test_a_bachelor_asks_for_an_earlier_degree(degrees: list[Certificate], missing: list[str] | None) -> None:
    assert told(of(programme(entry_level="专科"), certificates=degrees)).get("earlier_degree") == missing


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        (["护理"], None),
        (["外国语言文学"], ["00041 基础会计学（5 学分）还没有成绩。"]),
    ],
)
def test_who_comes_from_another_field_has_to_pass_the_added_courses(
    fields: list[str], missing: list[str] | None
) -> None:
    plan = programme(entry_level="专科", fields=fields)
    assert told(of(plan, passes(but=("00041",)), certificates=[certificate()])).get("added") == missing


def test_one_degree_of_the_field_is_enough() -> None:
    plan = programme(entry_level="专科", fields=["外国语言文学"])
    both = [certificate(), certificate(field="外国语言文学")]
    assert of(plan, passes(but=("00041",)), certificates=both).passed


@pytest.mark.parametrize(
    ("where", "missing"),
    [
        ({}, None),
        ({"major": ""}, None),
        (
            {"school": "601 中山大学"},
            ["05441 商务听说 是在其他专业或其他主考学校（601 中山大学）通过的，与所选的不一致。"],
        ),
        ({"school": ""}, ["05441 商务听说 是在其他专业或其他主考学校（—）通过的，与所选的不一致。"]),
        ({"major": "B120201"}, [f"05441 商务听说 是在其他专业或其他主考学校（{SCHOOL}）通过的，与所选的不一致。"]),
    ],
    ids=["here", "major unknown", "another school", "no school", "another major"],
)
def test_practical_courses_were_passed_for_this_major_at_the_chosen_school(
    where: dict[str, str], missing: list[str] | None
) -> None:
    scores = [*passes(but=("05441",)), score("05441", "合格", **where)]
    assert told(of(scores=scores)).get("schools") == missing


def test_a_course_may_name_its_own_examining_school() -> None:
    plan = programme()
    plan.courses[2] = course("05441", "商务听说", 6, "practical", school="601 中山大学")
    scores = [*passes(but=("05441",)), score("05441", "合格", school="601 中山大学")]
    assert of(plan, scores).passed
    assert "schools" in told(of(plan))


@pytest.mark.parametrize("where", [{"school": "601 中山大学"}, {"major": "B120201", "code": "03706"}])
def test_written_courses_may_be_passed_anywhere(where: dict[str, str]) -> None:
    scores = [*passes(but=("03706",)), score(**{"code": "03706", "points": "76"} | where)]
    assert of(scores=scores).passed


def test_the_programmes_notes_are_met() -> None:
    note: Note = {"text": "听力和口语至少通过一门。", "courses": ["00522", "00587"], "at_least": 1}
    plan = programme(notes=[note])
    assert of(plan, passes(but=("00522",))).passed
    assert told(of(plan, passes(but=("00522", "00587")))) == {
        "notes": ["听力和口语至少通过一门。 已通过 0 门，还差 1 门。"]
    }


@pytest.mark.parametrize(
    ("now", "runs"),
    [
        (datetime(2025, 12, 31, 15, 59, tzinfo=UTC), False),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), True),
        (datetime(2027, 6, 30, 15, 59, tzinfo=UTC), True),
        (datetime(2027, 6, 30, 16, 0, tzinfo=UTC), False),
    ],
    ids=["the day before", "the first day", "the last day", "the day after"],
)
def test_a_penalty_runs_from_its_first_to_its_last_day_in_shanghai(now: datetime, runs: bool) -> None:
    missing = ["停考处理到 2027-06-30 为止（考试违规），之后才能申请毕业。"] if runs else None
    assert told(of(penalties=[penalty()], now=now)).get("penalty") == missing


def test_a_certificate_is_issued_once_for_a_major() -> None:
    other = certificate(major_code="B120201")
    assert of(certificates=[other]).passed
    same = certificate(major_code="A050226", issued_on=date(2020, 12, 30))
    assert told(of(certificates=[other, same])) == {
        "certificate": ["2020-12-30 已为本专业颁发过毕业证书，不能再次申请。"]
    }


def test_added_courses_that_nobody_asks_for_are_not_of_the_programme() -> None:
    plan = programme(entry_level="专科", fields=["护理"])
    result = of(plan, certificates=[certificate()])
    assert [(each.code, each.kind) for each in result.courses if each.code == "00041"] == [("00041", None)]
    spared = of(plan, passes(but=("00041",)), certificates=[certificate()])
    assert "00041" not in [each.code for each in spared.courses]
    assert "已有学历属于相近专业，不需要加考" in [each.standing.text for each in spared.conditions]


def test_until_the_earlier_degree_is_known_the_added_courses_are_listed_but_not_asked_for() -> None:
    result = of(programme(entry_level="专科"), passes(but=("00041",)))
    assert list(told(result)) == ["earlier_degree"]
    assert "00041" in [each.code for each in result.courses]
