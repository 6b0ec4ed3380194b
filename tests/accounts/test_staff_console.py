"""/operate/staff: who works here, made and changed by an operator."""

from __future__ import annotations

import pytest

from app.base.audit import AuditRow
from app.identity.model import Login, Office, Staff
from tests import people
from tests.accounts.second import before_the_code, is_in, shown, with_app
from tests.page import Page, words
from tests.people import PASSWORD
from tests.visitors import Visitor
from tests.world import World


@pytest.fixture
def operator(world: World) -> Staff:
    return world.add(people.operator(login_name="boss"))


@pytest.fixture
def console(world: World, operator: Staff) -> Visitor:
    return world.visitor(operator)


@pytest.fixture
def colleague(world: World) -> Staff:
    return world.add(people.reviewer(login_name="li", name="李审核"))


def lines(page: Page) -> list[str]:
    return [" ".join(words(cell) for cell in row.iter("td")) for row in page.all("tr")][1:]


def test_the_list_names_everybody_with_role_office_and_state(world: World, console: Visitor, colleague: Staff) -> None:
    with_app(world, colleague)
    world.add(people.support(login_name="wang", must_change_password=True))
    boss, li, wang = lines(console.go("/operate/staff"))
    assert boss.startswith("boss 管理员 运行管理员 – 未开启 2026-11-22 17:00 可以登录")
    assert li.startswith("li 李审核 审核员 广州市考办 已开启 2026-11-22 17:00 可以登录")
    assert wang == "wang 客服 客服人员 – 未开启 还没有 等待首次登录"


def test_a_new_account_gets_a_one_time_password_that_is_shown_once(world: World, console: Visitor) -> None:
    office = world.add(Office(code="gz", name="广州市考办", level="city", contact="x"))
    console.go("/operate/staff/new")
    page = console.press(
        "添加", login_name="Guangzhou.Li", full_name="李审核", role="reviewer", office=office.id, id_number="44x 8"
    )
    assert "证件号码只有数字和字母" in page.text
    page = console.press("添加", id_number="440105198001010001")
    password = shown(page, "password")
    assert password not in console.go("/operate/staff").html
    [row] = world.rows(AuditRow, action="staff_added")
    made = world.rows(Staff)[-1]
    assert (made.login_name, made.role, made.office_id) == ("guangzhou.li", "reviewer", office.id)
    assert (row.actor, row.detail) == ("staff:1", f"staff:{made.id} role=reviewer office={office.id}")
    first = world.visitor()
    assert first.log_in(made, password).all("h1")[0].text == "设置您自己的密码"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"login_name": "010126000001"}, "登录名用小写字母"),
        ({"login_name": "a"}, "登录名用小写字母"),
        ({"login_name": "boss"}, "已经有人用这个登录名"),
        ({"role": ""}, "请选择角色"),
        ({"role": "reviewer"}, "审核员要属于一个考办"),
        ({"role": "reviewer", "office": "99"}, "审核员要属于一个考办"),
        ({"full_name": " "}, "请填写姓名"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_made(
    world: World, console: Visitor, fields: dict[str, str], told: str
) -> None:
    console.go("/operate/staff/new")
    usual = {"login_name": "wang", "full_name": "王客服", "role": "support", "office": ""}
    answer = console.post("/operate/staff/new", usual | fields)
    assert answer.status_code in (409, 422)
    assert told in console.page.text
    assert len(world.rows(Staff)) == 1
    assert 'value="wang"' in answer.text or "login_name" in fields


def test_changes_are_recorded_and_nothing_is_when_nothing_changes(
    world: World, console: Visitor, colleague: Staff
) -> None:
    console.go(f"/operate/staff/{colleague.id}")
    console.press("保存")
    assert world.rows(AuditRow, action="staff_changed") == []
    console.go(f"/operate/staff/{colleague.id}")
    assert "已保存" in console.press("保存", full_name="李主任", role="support").text
    [changed] = world.rows(Staff, login_name="li")
    assert (changed.name, changed.role) == ("李主任", "support")
    [row] = world.rows(AuditRow, action="staff_changed")
    assert "李" not in row.detail


def test_a_disabled_accounts_logins_end_at_once_and_it_reads_like_a_wrong_password(
    world: World, console: Visitor, colleague: Staff
) -> None:
    at_work = world.visitor(colleague)
    console.go(f"/operate/staff/{colleague.id}")
    assert "账号已停用" in console.press("停用").text
    assert not is_in(at_work)
    asked = world.passwords.asked
    disabled, wrong = world.visitor().log_in(colleague), world.visitor().log_in(colleague, "wrong")
    assert disabled.text == wrong.text
    assert world.passwords.asked == asked + 2
    console.go(f"/operate/staff/{colleague.id}")
    assert "重新启用" in console.press("启用").text
    assert is_in(world.visitor(colleague))


def test_a_login_of_a_disabled_account_opens_nothing_even_if_its_row_was_left_open(
    world: World, colleague: Staff
) -> None:
    at_work = world.visitor(colleague)
    with world.dependencies.db.writing() as db:
        db.get_one(Staff, colleague.id).disabled_at = world.clock.now()
    assert world.rows(Login)[0].ended_at is None
    assert not is_in(at_work)


def test_who_is_disabled_between_password_and_code_does_not_get_in(
    world: World, console: Visitor, colleague: Staff
) -> None:
    _browser, app, _codes = with_app(world, colleague)
    there = before_the_code(world, colleague)
    console.go(f"/operate/staff/{colleague.id}")
    console.press("停用")
    there.press("继续登录", code=app.code())
    assert not is_in(there)


def test_a_forgotten_password_is_reset_to_a_one_time_one(world: World, console: Visitor, colleague: Staff) -> None:
    at_work = world.visitor(colleague)
    console.go(f"/operate/staff/{colleague.id}")
    password = shown(console.press("重置密码"), "password")
    assert not is_in(at_work)
    assert world.visitor().log_in(colleague, PASSWORD).has_button("登录")
    assert "设置您自己的密码" in world.visitor().log_in(colleague, password).text


def test_a_lost_second_factor_is_reset(world: World, console: Visitor, colleague: Staff) -> None:
    at_work, _app, _codes = with_app(world, colleague)
    console.go(f"/operate/staff/{colleague.id}")
    assert "二次验证已重置" in console.press("重置二次验证").text
    assert not is_in(at_work)
    assert is_in(world.visitor(colleague))


def test_ones_own_is_not_reset_here(world: World, console: Visitor, operator: Staff) -> None:
    page = console.go(f"/operate/staff/{operator.id}")
    assert not page.has_button("重置密码")
    for act in ("reset-password", "reset-second"):
        assert console.post(f"/operate/staff/{operator.id}/{act}").status_code == 409
    assert is_in(world.visitor(operator))


def test_one_disables_oneself_only_when_one_says_so(world: World, console: Visitor, operator: Staff) -> None:
    world.add(people.operator())
    console.go(f"/operate/staff/{operator.id}")
    assert "这是您自己的账号" in console.press("停用").text
    console.go(f"/operate/staff/{operator.id}")
    assert "改掉自己的角色" in console.press("保存", role="support").text
    assert is_in(console)
    console.go(f"/operate/staff/{operator.id}")
    console.press("停用", sure="yes")
    assert not is_in(console)


@pytest.mark.parametrize("path", ["/operate/staff/99", "/operate/staff/0"])
def test_who_is_not_there_is_told_so(console: Visitor, path: str) -> None:
    assert console.get(path).status_code == 404
    assert "没有这位工作人员" in console.page.text
