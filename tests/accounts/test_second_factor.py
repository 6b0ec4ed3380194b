"""The second factor of staff: set up, kept sealed, changed, turned off; operators need it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.accounts.model import RecoveryCode
from app.identity.model import Staff
from tests import people
from tests.accounts.second import App, before_the_code, is_in, with_app
from tests.people import PASSWORD
from tests.world import ORIGIN, NewWorld, World


@pytest.fixture
def person(world: World) -> Staff:
    return world.add(people.support())


def test_the_code_that_set_it_up_is_used_too(world: World, person: Staff) -> None:
    browser = world.visitor(person)
    app = App(world, browser.go("/account/second/new"))
    browser.press("开启二次验证", code=app.code())
    there = before_the_code(world, person)
    there.press("继续登录", code=app.code())
    assert not is_in(there)


def test_a_wrong_first_code_turns_nothing_on_and_the_secret_stays(world: World, person: Staff) -> None:
    browser = world.visitor(person)
    app = App(world, browser.go("/account/second/new"))
    assert "验证码不对" in browser.press("开启二次验证", code="000000x").text
    assert "恢复代码" in browser.press("开启二次验证", code=app.code()).text


def test_the_picture_says_what_the_letters_say(world: World, person: Staff) -> None:
    browser = world.visitor(person)
    browser.go("/account/second/new")
    answer = browser.get("/account/second/new/qr.svg")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert "<svg" in answer.text


def test_the_database_has_neither_the_secret_nor_a_code(world: World, person: Staff) -> None:
    browser = world.visitor(person)
    app = App(world, browser.go("/account/second/new"))
    secret = app.secret
    page = browser.press("开启二次验证", code=app.code())
    [row] = world.rows(Staff)
    kept = row.totp_sealed + "".join(each.hidden for each in world.rows(RecoveryCode))
    assert secret not in kept
    assert secret.encode() not in (world.folder / "zhengzhao.db").read_bytes()
    assert not [each for each in world.rows(RecoveryCode) if each.hidden in page.html]


def test_a_secret_opens_for_its_owner_alone(world: World, person: Staff) -> None:
    with_app(world, person)
    other = world.add(people.support())
    with world.dependencies.db.writing() as db:
        sealed = db.scalar(select(Staff.totp_sealed).where(Staff.id == person.id))
        db.get_one(Staff, other.id).totp_sealed = sealed or ""
    there = before_the_code(world, other)
    assert "打不开您的二次验证" in there.press("继续登录", code="123456").text


def test_new_recovery_codes_end_the_old_ones(world: World, person: Staff) -> None:
    browser, _app, codes = with_app(world, person)
    browser.go("/account/second")
    browser.press("重新生成恢复代码")
    there = before_the_code(world, person)
    there.press("继续登录", code=codes[0])
    assert not is_in(there)


def test_after_a_while_the_password_is_asked_for_before_anything_is_changed(world: World, person: Staff) -> None:
    browser, _app, _codes = with_app(world, person)
    world.clock.move(minutes=11)
    browser.go("/account/second")
    assert "现在的密码不对" in browser.press("重新生成恢复代码", current="wrong").text
    assert "现在的密码不对" in browser.press("关闭二次验证", current="wrong").text
    assert world.rows(Staff)[0].has_second_factor
    browser.go("/account/second")
    assert "二次验证已关闭" in browser.press("关闭二次验证", current=PASSWORD).text
    assert not world.rows(Staff)[0].has_second_factor
    assert world.rows(RecoveryCode) == []


def test_candidates_have_none(world: World) -> None:
    candidate = world.newcomer()
    assert candidate.get("/account/second").status_code == 403
    assert "二次验证" not in candidate.go("/account").text


def test_an_operator_sets_it_up_before_anything_else_and_cannot_turn_it_off(new_world: NewWorld) -> None:
    world = new_world(demo=False, public_url=ORIGIN)
    operator = world.add(people.operator())
    browser = world.visitor(operator)
    assert browser.page.all("h1")[0].text == "设置二次验证"
    assert browser.get("/operate/staff").location == "/account/second/new"
    assert browser.post("/operate/staff/new").status_code == 403
    app = App(world, browser.go("/account/second/new"))
    browser.press("开启二次验证", code=app.code())
    assert browser.get("/operate/staff").status_code == 200
    assert not browser.go("/account/second").has_button("关闭二次验证")
    assert browser.post("/account/second/off").status_code == 409
    assert world.rows(Staff)[0].has_second_factor


def test_the_demos_operator_is_not_made_to_but_can(world: World) -> None:
    operator = world.add(people.operator())
    assert world.visitor(operator).get("/operate/staff").status_code == 200
    browser, _app, _codes = with_app(world, operator)
    browser.go("/account/second")
    assert "二次验证已关闭" in browser.press("关闭二次验证").text
