"""A forgotten password: an office or support gives out a one-time code, the candidate sets a new password with it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import update

from app.accounts.model import PasswordReset
from app.application.model import Application
from app.base.audit import AuditRow
from app.identity.model import Candidate, Office, Staff
from tests import people
from tests.accounts.second import is_in, shown
from tests.page import Page
from tests.people import PASSWORD
from tests.visitors import Visitor
from tests.world import World

NEW = "木棉花开红似火呀"
COUNTER = {"document": "yes", "same": "yes"}
CALLER = {
    "full_name": "陈思远",
    "id_number": "44010419990412000X",
    "telephone": "138 0013 8000",
    "asked": "yes",
    "alone": "yes",
}


@pytest.fixture
def person(world: World) -> Candidate:
    return world.add(people.candidate())


@pytest.fixture
def support(world: World) -> Visitor:
    return world.visitor(world.add(people.support()))


def city(world: World, name: str = "广州市") -> Visitor:
    office = Office(code=name, name=f"{name}考办", level="city", contact="x")
    return world.visitor(world.add(people.reviewer(office=office)))


def issue(staff: Visitor, person: Candidate, **fields: str) -> Page:
    staff.go(f"/candidates/reset?number={person.exam_number}")
    return staff.press("发一次性代码", **fields)


def code_of(page: Page) -> str:
    return shown(page, "reset-code").replace(" ", "")


def use(world: World, person: Candidate, code: str, new: str = NEW, **fields: str) -> Page:
    browser = world.visitor()
    browser.go("/login")
    browser.go(browser.page.link("忘记密码"))
    return browser.press("设置新密码", name=person.exam_number, code=code, new=new, again=new, **fields)


def test_at_the_counter_then_at_home(world: World, person: Candidate) -> None:
    before = world.visitor(person)
    code = code_of(issue(city(world), person, **COUNTER))
    assert re.fullmatch(r"\d{8}", code)
    assert "新密码已设置" in use(world, person, f"{code[:4]} {code[4:]}").text
    assert not is_in(before)
    assert world.visitor().log_in(person).has_button("登录")
    assert world.visitor().log_in(person, NEW).has_button("退出")
    rows = [(each.actor, each.action, each.detail) for each in world.rows(AuditRow)]
    assert rows == [
        ("staff:1", "reset_looked", f"candidate:{person.id}"),
        ("staff:1", "reset_issued", f"candidate:{person.id}"),
        (f"candidate:{person.id}", "reset_used", ""),
        (f"candidate:{person.id}", "password_changed", ""),
    ]


def test_who_has_no_password_yet_gets_one_so(world: World) -> None:
    person = world.add(people.candidate(password_hash="", must_change_password=True))
    use(world, person, code_of(issue(city(world), person, **COUNTER)))
    assert world.visitor().log_in(person, NEW).all("h1")[0].text == "毕业申请及图像采集"


def test_on_the_telephone_support_types_what_the_caller_says_and_sees_no_number(
    world: World, person: Candidate, support: Visitor
) -> None:
    page = support.go(f"/candidates/reset?number={person.exam_number}")
    assert "陈*远" in page.text
    for hidden in ("陈思远", person.id_number, person.phone):
        assert hidden not in page.html
    assert "新密码已设置" in use(world, person, code_of(issue(support, person, **CALLER))).text


@pytest.mark.parametrize(
    "wrong", [{"full_name": "陈思"}, {"id_number": "44010419990412001X"}, {"telephone": "13800138001"}]
)
def test_nothing_tells_which_of_the_three_was_wrong(
    world: World, person: Candidate, support: Visitor, wrong: dict[str, str]
) -> None:
    page = issue(support, person, **CALLER | wrong)
    assert "对方说的与登记的不一致，没有发代码。今天还可以再核对 4 次" in page.text
    for hidden in ("陈思远", person.id_number, person.phone):
        assert hidden not in page.html
    assert len(world.rows(AuditRow, action="reset_mismatch")) == 1


def test_support_has_five_tries_a_day_for_a_candidate_whoever_asks_and_the_counter_stays_open(
    world: World, person: Candidate, support: Visitor
) -> None:
    for _try in range(4):
        issue(support, person, **CALLER | {"id_number": "1"})
    colleague = world.visitor(world.add(people.support()))
    issue(colleague, person, **CALLER | {"id_number": "1"})
    assert "暂时不能在电话里发代码" in issue(colleague, person, **CALLER).text
    assert code_of(issue(city(world), person, **COUNTER))
    world.clock.move(hours=24, seconds=1)
    support = world.visitor(world.add(people.support()))
    assert code_of(issue(support, person, **CALLER))


@pytest.mark.parametrize("left_out", ["document", "same"])
def test_everything_is_ticked(world: World, person: Candidate, left_out: str) -> None:
    ticked = {key: value for key, value in COUNTER.items() if key != left_out}
    assert "请逐项核对并勾选" in issue(city(world), person, **ticked).text
    assert world.rows(PasswordReset) == []


def test_a_city_helps_its_own_and_those_whose_application_it_has(world: World, person: Candidate) -> None:
    shenzhen = city(world, "深圳市")
    world.add(Office(code="gz", name="广州市考办", level="city", contact="x"))
    assert "没有找到可以由您办理的考生" in shenzhen.go(f"/candidates/reset?number={person.exam_number}").text
    assert shenzhen.post("/candidates/reset", {"number": person.exam_number, **COUNTER}).status_code == 404
    world.desk(person)
    with world.dependencies.db.writing() as db:
        [theirs] = [each.office_id for each in world.rows(Staff)]
        db.execute(update(Application).values(office_id=theirs))
    assert code_of(issue(shenzhen, person, **COUNTER))


def test_the_province_helps_all(world: World, person: Candidate) -> None:
    office = Office(code="province", name="省考办", level="province", contact="x")
    province = world.visitor(world.add(people.reviewer(office=office)))
    assert code_of(issue(province, person, **COUNTER))


def test_nobody_gives_a_code_to_themselves(world: World, person: Candidate) -> None:
    office = Office(code="gz", name="广州市考办", level="city", contact="x")
    own = world.visitor(world.add(people.reviewer(office=office, id_number="44010419990412000x")))
    assert "不能由自己重置" in issue(own, person, **COUNTER).text


def test_a_code_opens_once(world: World, person: Candidate) -> None:
    code = code_of(issue(city(world), person, **COUNTER))
    use(world, person, code)
    assert "准考证号或代码不对" in use(world, person, code, "mango river lamp").text
    assert world.visitor().log_in(person, NEW).has_button("退出")


@pytest.mark.parametrize(("minutes", "opens"), [(14, True), (15, False)])
def test_for_fifteen_minutes(world: World, person: Candidate, minutes: int, opens: bool) -> None:
    code = code_of(issue(city(world), person, **COUNTER))
    world.clock.move(minutes=minutes)
    assert ("新密码已设置" in use(world, person, code).text) == opens


def test_another_code_ends_the_one_before(world: World, person: Candidate) -> None:
    office = city(world)
    first, second = (code_of(issue(office, person, **COUNTER)) for _ in range(2))
    assert "代码不对" in use(world, person, first).text
    assert "新密码已设置" in use(world, person, second).text


def test_a_password_changed_meanwhile_ends_the_code(world: World, person: Candidate) -> None:
    code = code_of(issue(city(world), person, **COUNTER))
    browser = world.visitor(person)
    browser.go("/account/password")
    browser.press("保存新密码", current=PASSWORD, new="mango river lamp", again="mango river lamp")
    assert "代码不对" in use(world, person, code).text


def test_a_password_that_cannot_be_one_does_not_spend_the_code(world: World, person: Candidate) -> None:
    code = code_of(issue(city(world), person, **COUNTER))
    page = use(world, person, code, "short")
    assert "太短" in page.text
    assert f'value="{code}"' in page.html
    assert "新密码已设置" in use(world, person, code).text


def test_the_code_is_not_in_the_database(world: World, person: Candidate) -> None:
    code = code_of(issue(city(world), person, **COUNTER))
    [row] = world.rows(PasswordReset)
    assert code not in str({key: value for key, value in vars(row).items() if key != "hidden"})
    assert len(row.hidden) == 64


def test_the_candidate_is_told_until_they_have_read_it(world: World, person: Candidate) -> None:
    issue(city(world), person, **COUNTER)
    browser = world.visitor(person)
    assert "2026-11-22 17:00，广州市考办为您发出了重设密码的一次性代码。 代码没有用过。" in browser.go("/forecast").text
    assert "一次性代码" in browser.go("/account").text
    browser.press("知道了")
    assert "一次性代码" not in browser.go("/account").text
    assert "一次性代码" not in world.newcomer().go("/account").text


def test_nobody_reads_anothers_notice_away(world: World, person: Candidate) -> None:
    issue(city(world), person, **COUNTER)
    other = world.newcomer()
    assert other.post("/account/notices/1/read").status_code == 302
    assert "一次性代码" in world.visitor(person).go("/account").text


def test_operators_give_out_none(world: World, person: Candidate) -> None:
    operator = world.visitor(world.add(people.operator()))
    assert operator.get(f"/candidates/reset?number={person.exam_number}").status_code == 403
