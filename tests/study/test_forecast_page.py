"""毕业预测 as a candidate meets it."""

from __future__ import annotations

from datetime import date

import pytest

from app.identity.model import Candidate
from tests import people, records
from tests.page import Page, words
from tests.world import FakeClock, World


def page_of(world: World, person: Candidate) -> Page:
    """毕业预测 through the menu."""
    desk = world.newcomer(person)
    [link] = [each for each in desk.page.all("a") if words(each) == "毕业预测"]
    return desk.go(link.attrib["href"])


def rows(page: Page) -> list[list[str]]:
    """The table of courses, as lists of what stands in each row."""
    return [[words(cell) for cell in row if cell.tag in ("td", "th")] for row in page.all("tr")]


def test_a_pass_leads_on_to_the_application(world: World) -> None:
    page = page_of(world, records.ready(world))
    assert "预测通过：您可以申请毕业" in page.text
    [link] = [each for each in page.all("a") if words(each) == "去申请毕业"]
    assert link.get("href") == "/apply"
    assert "不满足" not in page.text


def test_who_has_applied_is_led_back_to_the_application(world: World) -> None:
    person = records.ready(world)
    world.paired(person)
    page = page_of(world, person)
    assert "您已经申请毕业" in page.text
    assert page.link("去办理这次申请") == "/apply"
    assert "可以申请毕业" not in page.text


def test_a_failure_says_what_is_missing_and_whom_to_ask(world: World) -> None:
    world.add(people.reviewer())
    page = page_of(world, records.lacking(world))
    assert "预测未通过：1 项条件不满足" in page.text
    assert "00794 综合英语（10 学分）成绩 52，未合格。" in page.text
    assert "有疑问请联系：广州市考办 020-00000000" in page.text
    assert "去申请毕业" not in page.text


def test_where_no_office_is_known_the_page_still_says_whom_to_ask(world: World) -> None:
    assert "请向户口所在地的市考办咨询。" in page_of(world, records.lacking(world)).text


def test_without_a_programme_the_page_says_what_to_do(world: World) -> None:
    page = page_of(world, world.add(people.candidate()))
    assert "没有找到您报考专业的考试计划，因此无法预测" in page.text
    assert "请联系市考办，核对报考专业、专业建设主考学校和课程组。" in page.text
    assert page.all("table") == []


def test_each_course_can_be_checked(world: World) -> None:
    person = records.lacking(world)
    records.give(world, person, records.score("99999", "70", name="旧课程"))
    table = rows(page_of(world, person))
    assert table[0] == ["课程代码", "课程名称", "类别", "学分", "成绩", "考试年月", "计入"]
    assert table[1] == ["03706", "思想道德修养", "必考", "学分 2", "成绩 76", "2024 年 10 月", "已计入"]
    assert table[2][4:] == ["成绩 52", "2024 年 10 月", "未合格"]
    assert table[-1] == ["99999", "旧课程", "计划外", "学分 —", "成绩 70", "2024 年 10 月", "不计入"]


def test_a_replaced_course_says_by_what_and_the_old_one_for_what(world: World) -> None:
    world.add(records.programme(replacements=[("10001", "00794", 0)]))
    person = records.lacking(world)
    records.give(world, person, records.score("10001", "65", name="旧综合英语"))
    table = rows(page_of(world, person))
    assert table[2][-1] == "由 10001 旧综合英语 顶替"
    assert table[-1][-1] == "顶替 00794 综合英语"


def test_nobody_elses_records_are_looked_at(world: World) -> None:
    person = records.ready(world)
    other = world.add(people.candidate())
    records.give(world, other, records.penalty(), records.certificate(major_code="A050226"))
    assert "预测通过" in page_of(world, person).text


def test_the_result_follows_the_clock(world: World, clock: FakeClock) -> None:
    person = records.ready(world)
    records.give(world, person, records.penalty(ends_on=date(2026, 11, 22)))
    desk = world.desk(person)
    assert "停考处理到 2026-11-22 为止（考试违规）" in desk.go("/forecast").text
    clock.move(hours=7)
    desk.log_in(person)
    assert "预测通过" in desk.go("/forecast").text


@pytest.mark.parametrize("path", ["/forecast", "/education"])
def test_the_menu_marks_where_one_is(world: World, path: str) -> None:
    page = world.desk(records.ready(world)).go(path)
    [current] = [each for each in page.all("a") if each.get("aria-current") == "page"]
    assert current.get("href") == path


def test_it_speaks_english_too(world: World) -> None:
    desk = world.desk(records.lacking(world))
    desk.go("/forecast")
    page = desk.press("English")
    assert "Forecast not passed: 1 condition is not met" in page.text
    assert "00794 综合英语 (10 credits): score 52, not passed." in page.text


def test_a_score_in_words_is_said_in_english(world: World) -> None:
    person = records.lacking(world)
    records.give(world, person, records.score("99998", "合格", name="旧实践"))
    desk = world.desk(person)
    desk.go("/forecast")
    assert rows(desk.press("English"))[-1][4] == "Score pass"
