"""Results, suspensions, earlier degrees, the register, programmes: what comes in, and what is named."""

from __future__ import annotations

from datetime import date

from app.application.model import Batch
from app.base.clock import in_shanghai
from app.demo import load
from app.identity.model import Candidate, Office
from app.offices.form_rules import BAD_CODE
from app.register.model import RegisterEntry
from app.study.model import Certificate, Penalty, Programme, ProgrammeCourse, Replacement, Score
from tests.imports.lists import KINDS, LAYOUTS, Given, Line, as_csv, bring, found, line, person, table
from tests.world import World


def of(kind: str, *lines: Line) -> bytes:
    return as_csv(table(LAYOUTS[kind], lines))


def three_people(world: World) -> None:
    bring(world, "candidates", of("candidates", *(person(number) for number in range(3))))


def sitting(number: int, **fields: object) -> dict[str, Given]:
    return {**line("results"), "exam_number": f"0101{number:08d}", "passed": "", **fields}


def test_results_are_passes_by_their_score_unless_the_list_says_it(world: World) -> None:
    three_people(world)
    rows = [
        sitting(0, code="00001", score="60"),
        sitting(0, code="00002", score="59.5"),
        sitting(0, code="00003", score="良好"),
        sitting(0, code="00004", score="不及格"),
        sitting(0, code="00005", score="55", passed="合格"),
        sitting(0, code="00006", score="缺考"),
    ]
    report = bring(world, "results", of("results", *rows))
    assert (report.new, found(report)) == (6, [])
    assert [each.passed for each in world.rows(Score)] == [True, False, True, False, True, False]


def test_one_sitting_is_told_from_another_by_candidate_course_and_month(world: World) -> None:
    three_people(world)
    bring(world, "results", of("results", sitting(0, score="47"), sitting(0, taken_in="202410")))
    report = bring(world, "results", of("results", sitting(0, score="67"), sitting(1)))
    assert (report.new, report.changed, report.same, report.kept) == (1, 1, 0, 1)
    assert [(each.score, each.passed) for each in world.rows(Score)] == [("67", True), ("76", True), ("76", True)]


def test_a_result_of_nobody_is_named(world: World) -> None:
    three_people(world)
    report = bring(world, "results", of("results", sitting(0), sitting(77)))
    assert found(report) == [(3, "准考证号", "没有准考证号为“010100000077”的考生。请先导入考生，或检查号码。")]
    assert world.rows(Score) == []


def test_a_suspension_is_lifted_by_another_last_day_and_none_ends_before_it_begins(world: World) -> None:
    three_people(world)
    one = {**line("suspensions"), "exam_number": "010100000000"}
    bring(world, "suspensions", of("suspensions", one))
    report = bring(world, "suspensions", of("suspensions", {**one, "ends_on": "2026-06-01"}))
    assert report.changed == 1
    assert [each.ends_on for each in world.rows(Penalty)] == [date(2026, 6, 1)]
    report = bring(world, "suspensions", of("suspensions", {**one, "ends_on": "2025-06-01"}))
    assert found(report) == [(2, "结束日期", "结束日期早于开始日期。")]


def test_degrees_and_the_register(world: World) -> None:
    three_people(world)
    assert bring(world, "degrees", of("degrees", {**line("degrees"), "exam_number": "010100000001"})).new == 1
    assert world.rows(Certificate)[0].field == "经济与贸易"
    body = of("register", line("register"), {**line("register"), "id_number": "440104199904120001"})
    report = bring(world, "register", body, drop_wrong=True)
    assert found(report) == [(3, "身份证号", "“440104199904120001”不是有效的居民身份证号码：位数或校验码不对。")]
    assert [each.id_number for each in world.rows(RegisterEntry)] == ["44010419990412000X"]


COURSES = [
    line("programmes", elective_credits="4"),
    line("programmes", elective_credits="4", course_code="00795", kind="选考", replaces="00143、02628+02629"),
    line("programmes", elective_credits="4", course_code="00796", note="商务课程不少于一门", note_at_least="1"),
]


def test_a_programme_comes_with_its_courses_what_they_replace_and_notes(world: World) -> None:
    report = bring(world, "programmes", of("programmes", *COURSES))
    assert (report.new, found(report)) == (3, [])
    [programme] = world.rows(Programme)
    assert (programme.name, programme.elective_credits, len(programme.courses)) == ("商务英语(专科)", 4, 3)
    assert [each.kind for each in programme.courses] == ["required", "elective", "required"]
    assert {(each.old_code, each.new_code, each.way) for each in programme.replacements} == {
        ("00143", "00795", 0),
        ("02628", "00795", 1),
        ("02629", "00795", 1),
    }
    assert programme.notes == [{"text": "商务课程不少于一门", "courses": ["00796"], "at_least": 1}]


def test_a_programme_again_changes_nothing_and_a_course_that_is_missing_stays(world: World) -> None:
    bring(world, "programmes", of("programmes", *COURSES))
    assert bring(world, "programmes", of("programmes", *COURSES)).same == 3
    report = bring(world, "programmes", of("programmes", {**COURSES[1], "credits": "8"}))
    assert (report.changed, report.kept) == (1, 2)
    assert [each.credits for each in world.rows(ProgrammeCourse)] == [10, 8, 10]
    assert len(world.rows(Replacement)) == 3


def test_rows_of_one_programme_that_differ_about_it_are_named(world: World) -> None:
    report = bring(world, "programmes", of("programmes", COURSES[0], {**COURSES[1], "elective_credits": "8"}))
    assert found(report) == [(3, "", "这一行关于专业的内容与第 2 行不同。同一专业的各行要相同。")]
    report = bring(world, "programmes", of("programmes", {**COURSES[1], "replaces": "无"}))
    assert found(report)[0][1] == "顶替的旧课程"


def test_an_old_course_counts_for_one_new_course_and_never_for_itself(world: World) -> None:
    other, itself = {**COURSES[2], "replaces": "02629"}, {**COURSES[0], "replaces": "00794"}
    assert found(bring(world, "programmes", of("programmes", itself, COURSES[1], other))) == [
        (2, "顶替的旧课程", "“00794”就是这一行的课程，不能顶替自己。"),
        (4, "顶替的旧课程", "“02629”在第 3 行已经顶替另一门课程。在一个专业里，一门旧课程只能顶替一门课程。"),
    ]


def test_what_is_exported_in_our_own_layout_comes_back_and_changes_nothing(world: World) -> None:
    with world.dependencies.db.writing() as db:
        load(db, world.clock.now())
    for kind, lines in our_own(world).items():
        report = bring(world, kind, of(kind, *lines))
        assert (report.same, found(report)) == (len(lines), []), kind
        assert len(lines) > 5 or kind in ("suspensions", "degrees")
    assert set(our_own(world)) | {"programmes"} <= set(KINDS)


def our_own(world: World) -> dict[str, list[dict[str, Given]]]:
    """The demo's rows, as our templates would have them."""
    numbers = {each.id: each.exam_number for each in world.rows(Candidate)}
    tables = {"results": Score, "suspensions": Penalty, "degrees": Certificate, "register": RegisterEntry}
    lists = {"candidates": [plain(each) | {"initial_password": ""} for each in world.rows(Candidate)]}
    for kind, rows in tables.items():
        lists[kind] = [owned(plain(each), numbers) for each in world.rows(rows)]
    return lists


def plain(row: object) -> dict[str, Given]:
    return {name: value for name, value in vars(row).items() if name != "_sa_instance_state"}


def owned(row: dict[str, Given], numbers: dict[int, str]) -> dict[str, Given]:
    owner = row.get("candidate_id")
    passed = {"passed": "是" if row["passed"] else "否"} if "passed" in row else {}
    return row | passed | ({"exam_number": numbers[owner]} if isinstance(owner, int) else {})


def test_offices_and_batches(world: World) -> None:
    report = bring(world, "offices", of("offices", line("offices"), {**line("offices"), "code": "xx", "city": "香港"}))
    assert found(report)[0][:2] == (3, "地市")
    report = bring(
        world, "offices", of("offices", line("offices"), {**line("offices"), "code": "pp", "level": "省", "city": ""})
    )
    assert (report.new, [(each.level, each.city) for each in world.rows(Office)]) == (
        2,
        [("city", "440100"), ("province", "")],
    )
    assert bring(world, "offices", of("offices", line("offices"))).same == 1
    assert bring(world, "offices", of("offices", {**line("offices"), "contact": "020-1"})).changed == 1
    backwards = {**line("batches"), "closes_at": "2026-12-01 09:00"}
    assert found(bring(world, "batches", of("batches", backwards))) == [(2, "结束时间", "结束时间不晚于开始时间。")]
    assert bring(world, "batches", of("batches", line("batches"))).new == 1
    [batch] = world.rows(Batch)
    assert f"{in_shanghai(batch.opens_at):%Y-%m-%d %H:%M}" == "2026-12-01 09:00"
    assert bring(world, "batches", of("batches", line("batches"))).same == 1


def test_an_office_is_the_same_whether_its_code_has_capitals(world: World) -> None:
    for code in ("guangzhou", "GuangZhou"):
        bring(world, "offices", of("offices", {**line("offices"), "code": code}))
    assert [each.code for each in world.rows(Office)] == ["guangzhou"]
    report = bring(world, "offices", of("offices", {**line("offices"), "code": "(X)"}))
    assert found(report) == [(2, "考办代码", BAD_CODE)]


def test_a_county_that_two_offices_of_a_list_have_is_named(world: World) -> None:
    one = {**line("offices"), "code": "foshan-1", "city": "佛山市", "counties": "南海区、三水区"}
    other = {**one, "code": "foshan-2", "counties": "高明区、440605"}
    report = bring(world, "offices", of("offices", one, other))
    words = "“南海区”在第 2 行已经给了另一个考办。一个区县只能由一个考办办理。"
    assert (found(report), world.rows(Office)) == ([(3, "区县", words)], [])
