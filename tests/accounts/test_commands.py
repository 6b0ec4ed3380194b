"""`flask init` and `flask staff`: accounts on the terminal."""

from __future__ import annotations

import re

import pytest
from click.testing import Result

from app.base.audit import AuditRow
from app.identity.model import Office, Staff
from tests import people
from tests.accounts.second import App, is_in, with_app
from tests.visitors import Visitor
from tests.world import ORIGIN, NewWorld, World

PASSWORD = re.compile(r"(?:[a-z2-9]{4}-){3}[a-z2-9]{4}")


def flask(world: World, *words: str) -> Result:
    return world.app.test_cli_runner().invoke(args=list(words))


def printed_password(result: Result) -> str:
    assert result.exit_code == 0, result.output
    [found] = PASSWORD.findall(result.output)
    return str(found)


@pytest.fixture
def real(new_world: NewWorld) -> World:
    """A server that is no demo."""
    return new_world(demo=False, public_url=ORIGIN)


def test_init_makes_the_first_operator_and_says_what_comes_next(real: World) -> None:
    result = flask(real, "init")
    password = printed_password(result)
    assert f"{ORIGIN}/login" in result.output
    [made] = real.rows(Staff)
    assert (made.login_name, made.role, made.must_change_password) == ("operator", "operator", True)
    browser = real.visitor()
    browser.log_in(made, password)
    browser.press("保存新密码", current=password, new="mango river lamp", again="mango river lamp")
    assert browser.address == "/account/second/new"
    browser.press("开启二次验证", code=App(real, browser.page).code())
    assert browser.get("/operate/staff").status_code == 200
    [row] = real.rows(AuditRow, action="staff_added")
    assert row.actor == "server"


def test_init_refuses_where_there_is_an_operator(real: World) -> None:
    flask(real, "init", "--login", "first")
    result = flask(real, "init", "--login", "second")
    assert result.exit_code == 1
    assert "there is an operator already" in result.output
    assert not PASSWORD.search(result.output)
    assert [each.login_name for each in real.rows(Staff)] == ["first"]


def test_init_brings_an_empty_database_up_to_date(real: World) -> None:
    with real.dependencies.db.engine.connect() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        for name in names:
            if not name.startswith("sqlite_"):
                connection.exec_driver_sql(f'DROP TABLE "{name}"')
        connection.commit()
    assert not real.dependencies.db.is_current()
    printed_password(flask(real, "init"))
    assert real.dependencies.db.is_current()


def test_init_takes_a_name_that_can_be_one(real: World) -> None:
    result = flask(real, "init", "--login", "010126000001")
    assert result.exit_code == 1
    assert "A login name has" in result.output
    assert real.rows(Staff) == []


def test_a_colleague_is_added_changed_disabled_and_enabled(world: World) -> None:
    world.add(Office(code="gz", name="广州市考办", level="city", contact="x"))
    added = flask(world, "staff", "add", "li", "--role", "reviewer", "--name", "李审核", "--office", "gz")
    password = printed_password(added)
    [made] = world.rows(Staff)
    browser = Visitor(world.app, world.origin)
    assert "设置您自己的密码" in browser.log_in(made, password).text
    assert flask(world, "staff", "change", "li", "--name", "李主任").exit_code == 0
    assert flask(world, "staff", "list").output == "li\treviewer\tgz\t-\tenabled\t李主任\n"
    assert flask(world, "staff", "disable", "li").exit_code == 0
    assert not is_in(browser)
    assert "\tdisabled\t" in flask(world, "staff", "list").output
    assert flask(world, "staff", "enable", "li").exit_code == 0
    assert flask(world, "staff", "change", "li", "--role", "support", "--office", "").exit_code == 0
    assert flask(world, "staff", "list").output == "li\tsupport\t-\t-\tenabled\t李主任\n"


def test_what_was_lost_is_reset(world: World) -> None:
    person = world.add(people.support(login_name="wang"))
    browser, _app, _codes = with_app(world, person)
    assert "second factor removed" in flask(world, "staff", "reset-totp", "wang").output
    assert not is_in(browser)
    password = printed_password(flask(world, "staff", "reset-password", "wang"))
    assert "设置您自己的密码" in world.visitor().log_in(person, password).text
    assert {each.actor for each in world.rows(AuditRow) if each.action.startswith("staff_")} == {"server"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("disable", "nobody"), "nobody logs in as nobody"),
        (("add", "x1", "--role", "reviewer", "--name", "X"), "A reviewer belongs to an office"),
        (("add", "x1", "--role", "support", "--name", "X", "--office", "mars"), "no office with the code mars"),
        (("add", "boss", "--role", "support", "--name", "X"), "Somebody has this login name already"),
        (("disable", "boss"), "This is the last operator"),
        (("change", "boss", "--role", "support"), "This is the last operator"),
        (("enable", "boss"), "This account has just changed"),
    ],
)
def test_what_cannot_be_done_is_told_in_words(world: World, words: tuple[str, ...], told: str) -> None:
    world.add(people.operator(login_name="boss"))
    result = flask(world, "staff", *words)
    assert (result.exit_code, told in result.output) == (1, True), result.output
    assert len(world.rows(Staff)) == 1
