"""The application form as a candidate meets it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from sqlalchemy import Connection, event, insert

from app.application.model import Application, Receipt
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.identity.model import Candidate, Office
from tests import people, procedure, records
from tests.page import Page, filled_in
from tests.procedure import the_application
from tests.visitors import Desk
from tests.world import FakeClock, World

APPLY = "申请"


def field(page: Page, name: str) -> Element:
    """A field of the form by its label, as an element."""
    [label] = [each for each in page.all("label") if each.text == name]
    return next(each for each in page.all("input", "select") if each.get("id") == label.get("for"))


def error_at(page: Page, name: str) -> str:
    """The message at a field, empty when there is none."""
    noted = field(page, name).get("aria-describedby", "").split()
    [texts] = [
        [
            "".join(each.itertext()).strip()
            for each in page.all("p")
            if each.get("id") in noted and each.get("class") == "error"
        ]
    ]
    return "".join(texts)


def test_everything_that_the_procedure_names_is_there(desk: Desk) -> None:
    for words in (
        "毕业专业",
        "建设主考学校",
        "课程组",
        "毕业主考学校",
        "毕业年月",
        "办理地点",
        "联系电话",
        "2026 年 12 月",
        "注意：如需更改毕业办理地点，请联系相关地市考办处理",
    ):
        assert words in desk.page.text


def test_one_press_is_enough_when_what_is_prefilled_is_right(season: World, desk: Desk, person: Candidate) -> None:
    assert filled_in(desk.page.button(APPLY)[0]) | {"csrf": ""} == {
        "csrf": "",
        "batch": "202612",
        "place": "440104",
        "phone": person.phone,
    }
    page = desk.press(APPLY)
    assert "请确认学生信息" in page.text
    row = the_application(season)
    assert (row.status, row.batch, row.place, row.phone) == (Status.CAPTURE, "202612", "440104", "13800138000")
    assert (row.major, row.programme_university) == (person.major, person.programme_university)
    assert (row.course_group, row.examining_university) == (person.course_group, person.examining_university)
    assert row.office
    assert row.office.city == "440100"


def test_a_second_first_application_in_the_same_instant_ends_like_a_second_press(
    season: World, desk: Desk, person: Candidate
) -> None:
    """Databases with many writers let both look before either writes; here the other's row comes in between."""
    moment = season.clock.now()
    other = {
        "tag": "the other's",
        "candidate_id": person.id,
        "status": Status.CAPTURE,
        "applied_at": moment,
        "status_since": moment,
    }

    def in_between(connection: Connection, _savepoint: str) -> None:
        connection.execute(insert(Application).values(other))

    event.listen(season.dependencies.db.engine, "savepoint", in_between, once=True)
    assert "请确认学生信息" in desk.press(APPLY).text
    assert the_application(season).tag == "the other's"
    assert season.rows(Receipt) == []


def test_a_receipt_is_given(season: World, desk: Desk) -> None:
    desk.press(APPLY)
    [receipt] = season.rows(Receipt)
    assert (receipt.kind, receipt.facts) == ("application", {"batch": "202612", "place": "440104"})
    assert receipt.number in desk.go("/apply").text


def test_places_stand_under_their_cities_and_cities_without_counties_offer_themselves(desk: Desk) -> None:
    place = field(desk.page, "办理地点")
    groups = {each.get("label"): [option.text for option in each] for each in place.iter("optgroup")}
    assert len(groups) == 21
    assert "越秀区" in groups["广州市"]
    assert groups["东莞市"] == ["东莞市"]


def test_only_cities_with_an_office_are_offered(world: World) -> None:
    procedure.open_batch(world)
    world.add(people.reviewer())
    world.add(Office(code="shenzhen", name="深圳市考办", level="city", contact="", city="440300"))
    desk = world.newcomer(records.ready(world))
    assert [each.get("label") for each in field(desk.page, "办理地点").iter("optgroup")] == ["深圳市"]


def test_the_office_of_the_chosen_place_is_named(desk: Desk) -> None:
    assert "广州市考办" in desk.page.text
    assert "020-00000000" in desk.page.text


def test_a_household_elsewhere_chooses_for_itself(season: World) -> None:
    desk = season.newcomer(records.ready(season, season.add(people.candidate(province="湖南省", city="长沙市"))))
    page = desk.press(APPLY)
    assert error_at(page, "办理地点") == "请选择办理地点。"
    assert season.rows(Application) == []


def test_an_empty_number_is_not_called_a_wrong_one(desk: Desk) -> None:
    assert error_at(desk.press(APPLY, phone=" "), "联系电话").startswith("请填写联系电话")


def test_who_chose_another_place_is_not_told_that_it_was_chosen_by_residence(desk: Desk) -> None:
    words = "已按户口所在地预先选择"
    assert words in desk.page.text
    assert words not in desk.press(APPLY, place="440305", phone="110").text


@pytest.mark.parametrize("phone", ["110", "<b>138</b>", "\x00", "13800138000" * 9])
def test_a_wrong_number_is_told_at_the_field_and_nothing_typed_is_lost(season: World, desk: Desk, phone: str) -> None:
    fields = {"batch": "202612", "place": "440305", "phone": phone}
    answer = desk.post("/apply", fields)
    assert answer.status_code == 422
    assert "联系电话的格式不对" in error_at(desk.page, "联系电话")
    assert filled_in(desk.page.button(APPLY)[0]) | {"csrf": ""} == fields | {"csrf": ""}
    assert "深圳市考办" in desk.page.text
    assert season.rows(Application) == []


def test_it_can_be_corrected(season: World, desk: Desk) -> None:
    desk.press(APPLY, phone="110")
    assert "请确认学生信息" in desk.press(APPLY, phone="+86 139 0013 9000").text
    assert the_application(season).phone == "13900139000"


def test_of_several_open_batches_the_newest_is_chosen_first(season: World, desk: Desk) -> None:
    procedure.open_batch(season, "202606")
    page = desk.go("/apply")
    assert [each.text for each in field(page, "毕业年月")] == ["2026 年 12 月", "2026 年 6 月"]
    desk.press(APPLY, batch="202606")
    assert the_application(season).batch == "202606"


def test_a_batch_that_closes_while_the_form_is_filled_in_is_told(season: World, desk: Desk, clock: FakeClock) -> None:
    procedure.open_batch(season, "202706", opens=20, closes=60)
    answer = desk.post("/apply", {"batch": "202606", "place": "440104", "phone": "13800138000"})
    assert answer.status_code == 422
    assert "刚才选择的毕业年月已经截止。现在可以申请 2026 年 12 月" in desk.page.text


def test_outside_the_time_the_page_says_when_it_opens_next(world: World) -> None:
    procedure.open_batch(world, opens=3, closes=9)
    desk = world.newcomer(records.ready(world))
    assert "现在不在毕业申请时间内" in desk.page.text
    assert "2026-11-25 17:00" in desk.page.text
    assert not desk.page.has_button(APPLY)
    desk.post("/apply", {"batch": "202612", "place": "440104", "phone": "13800138000"})
    assert world.rows(Application) == []


def test_when_nothing_is_planned_the_page_says_whom_to_ask(season: World, desk: Desk, clock: FakeClock) -> None:
    clock.move(days=60)
    desk.log_in(season.add(records.ready(season)))
    assert "下一次申请的时间还没有公布" in desk.page.text
    assert "广州市考办" in desk.page.text


def test_a_failed_forecast_lists_its_reasons_and_whom_to_ask_instead_of_the_form(season: World) -> None:
    desk = season.newcomer(records.lacking(season))
    for words in ("毕业预测没有通过", "00794 综合英语（10 学分）成绩 52，未合格。", "广州市考办"):
        assert words in desk.page.text
    assert desk.page.link("查看毕业预测") == "/forecast"
    assert not desk.page.has_button(APPLY)
    desk.post("/apply", {"batch": "202612", "place": "440104", "phone": "13800138000"})
    assert season.rows(Application) == []


def test_other_documents_are_not_compared(season: World) -> None:
    person = season.add(people.candidate(id_type="普通护照", id_number="E12345678"))
    season.newcomer(records.ready(season, person)).press(APPLY)
    assert the_application(season).status == Status.CAPTURE
    assert [row.action for row in season.rows(AuditRow)] == ["apply"]


def test_the_strip_begins_with_checking_and_goes_on_to_applying(desk: Desk) -> None:
    def current(page: Page) -> list[str]:
        return ["".join(each.itertext()).strip() for each in page.all("li") if each.get("aria-current") == "step"]

    pages = ("/apply", "/forecast", "/education")
    assert [current(desk.go(each)) for each in pages] == [["确认信息"]] * 3
    desk.go("/apply")
    desk.press(APPLY)
    assert [current(desk.go(each)) for each in pages] == [["申请毕业并采集毕业证照"]] * 3
