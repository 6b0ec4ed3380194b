"""The offices as an operator keeps them: each change says first what it means, then it is saved and recorded."""

from __future__ import annotations

from app.base.audit import AuditRow
from app.identity.model import Office, OfficeCounty
from tests import people, procedure, records
from tests.offices.sending import many
from tests.visitors import Visitor
from tests.world import World

YUEXIU, HAIZHU = "440104", "440105"


def office(world: World, code: str) -> Office:
    [found] = world.rows(Office, code=code)
    return found


def address(world: World, code: str) -> str:
    return f"/operate/offices/{office(world, code).id}"


def acts(world: World) -> list[tuple[str, str]]:
    return [(row.action, row.detail) for row in world.rows(AuditRow, application_id=None)]


def make_district(operator: Visitor, *counties: str) -> None:
    """An office of its own for these counties."""
    operator.go("/operate/offices/new")
    fields = {"code": "district", "level": "city", "name": "越秀区招考办", "contact": "020-11111111"}
    sent = [*((name, value) for name, value in fields.items()), *(("county", each) for each in counties)]
    operator.post("/operate/offices/new", many(sent))


def test_without_any_the_list_says_what_to_do(world: World) -> None:
    operator = world.visitor(world.add(people.operator()))
    assert "还没有考办。请先新设省考办和各市的考办" in operator.go("/operate/offices").text
    assert "21 个市没有考办" in operator.page.text


def test_the_list_tells_contacts_places_staff_and_what_is_missing(world: World, operator: Visitor) -> None:
    with world.dependencies.db.writing() as db:
        db.query(Office).filter_by(code="guangzhou").update({"contact": "", "hours": ""})
    world.add(people.reviewer(office=office(world, "shenzhen")))
    text = operator.go("/operate/offices").text
    for words in ("广州市考办", "电话 0755-00000000", "东莞市", "没有联系方式", "没有办公时间", "没有审核员"):
        assert words in text
    assert "没有考办" not in text


def test_a_new_contact_is_shown_as_candidates_will_read_it_before_it_is_saved(world: World, operator: Visitor) -> None:
    world.desk(world.add(people.candidate()))
    operator.go(address(world, "guangzhou"))
    operator.press("下一步", contact="020-99999999", bring="身份证复印件\n<i>照片</i>")
    assert "还没有保存" in operator.page.text
    assert "020-99999999" in operator.page.text
    assert "它的 1 位在办考生" in operator.page.text
    assert "020-99999999" not in office(world, "guangzhou").contact
    operator.press("保存")
    assert "已保存" in operator.page.text
    kept = office(world, "guangzhou")
    assert (kept.contact, kept.bring, kept.version) == ("020-99999999", "身份证复印件\n<i>照片</i>", 1)
    assert acts(world) == [("office_changed", "guangzhou contact bring")]


def test_one_can_go_back_to_the_form_and_nothing_typed_is_lost(world: World, operator: Visitor) -> None:
    operator.go(address(world, "guangzhou"))
    operator.press("下一步", contact="020-99999999")
    operator.press("返回修改")
    assert [each.get("value") for each in operator.page.all("input") if each.get("name") == "contact"] == [
        "020-99999999"
    ]
    assert acts(world) == []


def test_nothing_changed_is_nothing_saved(world: World, operator: Visitor) -> None:
    operator.go(address(world, "guangzhou"))
    assert "没有改动" in operator.press("下一步").text
    assert acts(world) == []


def test_a_county_moves_to_a_new_office_and_what_is_under_way_stays(world: World, operator: Visitor) -> None:
    procedure.open_batch(world)
    desk = world.newcomer(records.ready(world))
    desk.press("申请")
    make_district(operator, YUEXIU, HAIZHU)
    assert "广州市越秀区、广州市海珠区：以后的申请由越秀区招考办办理，不再由广州市考办办理" in operator.page.text
    assert "在办的 1 份申请留在广州市考办办完" in operator.page.text
    assert world.rows(OfficeCounty) == []
    operator.press("保存")
    assert {row.county for row in world.rows(OfficeCounty)} == {YUEXIU, HAIZHU}
    assert acts(world)[-1] == ("office_made", f"district {YUEXIU} {HAIZHU}")
    assert "这里还有 1 份在办的申请" in operator.go(address(world, "guangzhou")).text
    another = world.newcomer(records.ready(world))
    assert "越秀区招考办" in another.page.text


def test_closing_gives_the_counties_back_and_it_can_be_opened_again(world: World, operator: Visitor) -> None:
    make_district(operator, YUEXIU)
    operator.press("保存")
    operator.go(address(world, "district"))
    operator.press("关闭考办")
    assert "广州市越秀区：以后的申请由广州市考办办理，不再由越秀区招考办办理" in operator.page.text
    operator.press("确定关闭")
    assert (office(world, "district").active, world.rows(OfficeCounty)) == (False, [])
    operator.go(address(world, "district"))
    operator.press("重新开放考办")
    operator.press("确定开放")
    assert office(world, "district").active
    assert [action for action, _detail in acts(world)] == ["office_made", "office_closed", "office_opened"]


def test_closing_the_only_office_of_a_city_says_that_its_candidates_cannot_choose(
    world: World, operator: Visitor
) -> None:
    operator.go(address(world, "dongguan"))
    assert "东莞市：不再由东莞市考办办理，也没有别的考办" in operator.press("关闭考办").text
    assert "东莞市" in operator.press("确定关闭").text
    assert "1 个市没有考办" in operator.page.text


def test_one_that_has_had_an_application_is_never_deleted(world: World, operator: Visitor) -> None:
    world.desk(world.add(people.candidate()))
    here = address(world, "guangzhou")
    assert not operator.go(here).has_button("删除考办")
    operator.post(f"{here}/remove", {"confirmed": "yes", "version": 0})
    assert "请改为关闭" in operator.go(here).text
    assert office(world, "guangzhou").version == 0


def test_one_that_never_had_anything_can_be(world: World, operator: Visitor) -> None:
    operator.go(address(world, "dongguan"))
    operator.press("删除考办")
    operator.press("确定删除")
    assert world.rows(Office, code="dongguan") == []
    assert acts(world) == [("office_deleted", "dongguan")]


def test_two_operators_do_not_overwrite_each_other_unknowingly(world: World, operator: Visitor, other: Visitor) -> None:
    for each, contact in ((operator, "020-11111111"), (other, "020-22222222")):
        each.go(address(world, "guangzhou"))
        each.press("下一步", contact=contact)
    operator.press("保存")
    assert "刚才有另一位管理员改过" in other.press("保存").text
    assert "020-11111111" in other.page.text, "what the other has saved"
    assert office(world, "guangzhou").contact == "020-11111111"
    other.press("下一步")
    other.press("保存")
    assert office(world, "guangzhou").contact == "020-22222222"


def test_a_county_that_somebody_else_has_given_away_meanwhile_is_looked_at_again(
    world: World, operator: Visitor, other: Visitor
) -> None:
    make_district(operator, YUEXIU)
    other.go(address(world, "shenzhen"))
    sent = [("name", "深圳市考办"), ("contact", "1"), ("city", "440300"), ("county", YUEXIU), ("version", "0")]
    other.post(address(world, "shenzhen"), many(sent))
    operator.press("保存")
    assert "刚才有另一位管理员改过" in other.press("保存").text
    assert [row.office_id for row in world.rows(OfficeCounty)] == [office(world, "district").id]


def test_mistakes_are_told_at_their_fields(world: World, operator: Visitor) -> None:
    operator.go("/operate/offices/new")
    page = operator.press("下一步", code="Guang zhou", name="", contact="字" * 121)
    for words in ("请填写 2 至 20 个小写字母", "请填写名称", "写得太长：121 字，最多 120 字"):
        assert words in page.text
    assert "这个代码已经有考办在用" in operator.press("下一步", code="guangzhou", name="x", contact="").text
    sent = [("code", "new"), ("name", "x"), ("level", "king"), ("city", "999999"), ("county", "110101")]
    operator.post("/operate/offices/new", many(sent))
    for words in ("请选择市考办或省考办",):
        assert words in operator.page.text
    operator.post("/operate/offices/new", many([*sent[:2], *sent[3:]]))
    for words in ("没有这个市", "选择的区县里有不认识的"):
        assert words in operator.page.text


def test_one_that_is_gone_is_told(operator: Visitor) -> None:
    assert operator.get("/operate/offices/999").status_code == 404
    assert "没有这个考办" in operator.page.text


def test_two_offices_of_one_city_are_told(world: World, operator: Visitor) -> None:
    world.add(Office(code="two", name="第二考办", level="city", contact="1", city="440100"))
    assert "广州市有 2 个考办负责全市" in operator.go("/operate/offices").text
