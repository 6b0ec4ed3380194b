"""The second page of the login: a code, each once; a recovery code in its place; few guesses."""

from __future__ import annotations

import pytest

from app.accounts.code_rules import STEP
from app.base.audit import AuditRow
from app.base.seal import Sealer
from app.http.provided import provided_by
from app.identity.model import Staff
from tests import people
from tests.accounts.second import before_the_code, is_in, with_app
from tests.identity.guessing import Seconds
from tests.people import PASSWORD
from tests.visitors import Visitor
from tests.world import World


@pytest.fixture
def person(world: World) -> Staff:
    return world.add(people.support())


def test_after_the_password_a_code_is_asked_for(world: World, person: Staff) -> None:
    _browser, app, _codes = with_app(world, person)
    there = before_the_code(world, person)
    assert not is_in(there)
    there.go("/login/code")
    assert "客服" in there.press("继续登录", code=app.code()).text
    assert is_in(there)


def test_one_goes_on_to_where_one_wanted(world: World, person: Staff) -> None:
    _browser, app, _codes = with_app(world, person)
    there = world.visitor()
    there.go("/support?number=010126000001")
    there.press("登录", name=person.login_name, password=PASSWORD)
    there.press("继续登录", code=app.code())
    assert there.address == "/support?number=010126000001"


@pytest.mark.parametrize(("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(world: World, person: Staff, steps: int, right: bool) -> None:
    _browser, app, _codes = with_app(world, person)
    world.clock.move(minutes=5)
    there = before_the_code(world, person)
    there.press("继续登录", code=app.code(steps))
    assert is_in(there) == right


def test_a_code_opens_once(world: World, person: Staff) -> None:
    _browser, app, _codes = with_app(world, person)
    code = app.code()
    before_the_code(world, person).press("继续登录", code=code)
    again = before_the_code(world, person)
    assert "验证码不对，或已经用过" in again.press("继续登录", code=code).text
    assert not is_in(again)


def test_a_recovery_code_opens_once_in_the_place_of_a_code(world: World, person: Staff) -> None:
    _browser, _app, codes = with_app(world, person)
    there = before_the_code(world, person)
    there.press("继续登录", code=codes[3].upper().replace("-", " "))
    assert is_in(there)
    assert "还剩 9 个恢复代码" in there.go("/account/second").text
    again = before_the_code(world, person)
    again.press("继续登录", code=codes[3])
    assert not is_in(again)
    [row] = world.rows(AuditRow, action="recovery_used")
    assert row.detail == "left=9"


def test_who_waits_too_long_begins_again(world: World, person: Staff) -> None:
    _browser, app, _codes = with_app(world, person)
    there = before_the_code(world, person)
    world.clock.move(minutes=11)
    there.press("继续登录", code=app.code())
    assert there.page.has_button("登录")
    assert not is_in(there)


def test_a_password_that_was_changed_meanwhile_opens_nothing(world: World, person: Staff) -> None:
    browser, app, _codes = with_app(world, person)
    there = before_the_code(world, person)
    browser.go("/account/password")
    browser.press("保存新密码", current=PASSWORD, new="mango river lamp", again="mango river lamp")
    there.press("继续登录", code=app.code())
    assert not is_in(there)


def test_nobody_comes_to_the_code_without_a_password(world: World) -> None:
    visitor = world.visitor()
    assert visitor.get("/login/code").location == "/login"
    visitor.go("/login")
    assert visitor.post("/login/code", {"code": "123456"}).location == "/login"


def test_who_knows_the_password_has_few_guesses_at_the_code_and_the_owner_is_told(world: World, person: Staff) -> None:
    seconds = Seconds()
    world.dependencies.limits._clock = seconds
    _own, app, _codes = with_app(world, person)
    thief = before_the_code(world, person)
    refused = 0
    for _guess in range(100):
        seconds.passed += 1
        refused += thief.post("/login/code", {"code": "000000"}).status_code == 429
    assert refused > 80
    seconds.passed += 60
    there = before_the_code(world, person)
    page = there.press("继续登录", code=app.code())
    assert is_in(there)
    assert "有人输对了您的密码" in page.text


def test_a_known_device_has_tries_of_its_own(world: World, person: Staff) -> None:
    _browser, app, _codes = with_app(world, person)
    own = Visitor(world.app, world.origin)
    own.go("/login")
    own.post("/login", {"name": person.login_name, "password": PASSWORD})
    own.post("/login/code", {"code": app.code()})
    assert is_in(own)
    own.post("/logout")
    world.clock.move(minutes=1)
    thief = before_the_code(world, person)
    for _guess in range(40):
        thief.post("/login/code", {"code": "000000"})
    own.go("/login")
    own.post("/login", {"name": person.login_name, "password": PASSWORD})
    own.post("/login/code", {"code": app.code()})
    assert is_in(own)


def test_an_older_store_key_still_opens_it_and_can_be_given_up_afterwards(world: World, person: Staff) -> None:
    _browser, app, _codes = with_app(world, person)
    keys = {"two": b"n" * 32, **world.settings.sealing_keys}
    for known in (keys, {"two": keys["two"]}):
        provided_by(world.app).add(Sealer, Sealer(known))
        there = before_the_code(world, person)
        there.press("继续登录", code=app.code())
        assert is_in(there)
        world.clock.move(seconds=STEP)
