"""我的账户: changing one's password, one's open logins, and what has to be done first."""

from __future__ import annotations

import pytest

from app.accounts.throttle import OWN_PASSWORD
from app.base.audit import AuditRow
from app.base.limits import parse
from app.identity.model import Candidate, Staff
from app.identity.passwords import LocalPasswords, verify
from app.pairing.model import Pairing
from tests import people
from tests.accounts.second import is_in
from tests.page import Page, words
from tests.people import PASSWORD
from tests.visitors import Visitor
from tests.world import World

NEW = "tulip-7-kettle"


@pytest.fixture
def person(world: World) -> Candidate:
    return world.add(people.candidate())


def change(browser: Visitor, current: str = PASSWORD, new: str = NEW, again: str | None = None) -> Page:
    browser.go("/account/password")
    return browser.press("保存新密码", current=current, new=new, again=new if again is None else again)


def test_a_new_password_counts_at_once_and_the_old_one_no_more(world: World, person: Candidate) -> None:
    assert "密码已更改" in change(world.visitor(person)).text
    assert "不对" in world.visitor().log_in(person).text
    assert world.visitor().log_in(person, NEW).has_button("退出")
    [row] = world.rows(AuditRow, action="password_changed")
    assert (row.actor, row.application_id, row.detail) == (f"candidate:{person.id}", None, "")


def test_every_other_login_ends_with_what_it_minted(world: World, person: Candidate) -> None:
    desk, phone = world.paired(person)
    here = world.visitor(person)
    change(here)
    assert is_in(here)
    assert not is_in(desk)
    assert phone.state().status_code == 410
    [pairing] = world.rows(Pairing)
    assert pairing.end_reason == "logged_out"


@pytest.mark.parametrize(
    ("new", "again", "words_"),
    [
        ("short", None, "太短"),
        (PASSWORD, None, "和现在的密码一样"),
        (NEW, NEW + "x", "两次输入的新密码不一样"),
        ("woaini1314", None, "太常见"),
        ("19990412ab", None, "您自己的号码"),
    ],
)
def test_what_cannot_be_one_is_told_and_nothing_changes(
    world: World, person: Candidate, new: str, again: str | None, words_: str
) -> None:
    assert words_ in change(world.visitor(person), new=new, again=again).text
    assert world.visitor().log_in(person).has_button("退出")


def test_the_current_password_is_asked_for_before_anything_is_said_of_the_new_one(
    world: World, person: Candidate
) -> None:
    page = change(world.visitor(person), current="wrong", new="short")
    assert "现在的密码不对" in page.text
    assert "太短" not in page.text
    assert [each.get("id") for each in page.all("input") if each.get("aria-invalid")] == ["current"]


def test_somebody_at_an_open_browser_has_ten_guesses_and_the_owner_is_not_kept_out(
    world: World, person: Candidate
) -> None:
    found = world.visitor(person)
    for _guess in range(parse(OWN_PASSWORD).most):
        change(found, current="wrong")
    looked_at = world.passwords.asked
    assert "操作太频繁" in change(found).text
    assert world.passwords.asked == looked_at
    assert "密码已更改" in change(world.visitor(person)).text


def test_right_ones_use_no_tries_up(world: World, person: Candidate) -> None:
    browser = world.visitor(person)
    for _time in range(parse(OWN_PASSWORD).most + 3):
        assert "太短" in change(browser, new="short").text


def test_a_full_queue_counts_as_no_try(world: World, person: Candidate) -> None:
    browser = world.visitor(person)
    browser.go("/account/password")
    world.passwords.full = True
    for _time in range(parse(OWN_PASSWORD).most + 3):
        assert browser.post("/account/password", {"current": PASSWORD, "new": NEW, "again": NEW}).status_code == 503
    world.passwords.full = False
    assert "密码已更改" in change(browser).text


def test_open_logins_are_listed_and_this_one_is_marked(world: World, person: Candidate) -> None:
    phone = Visitor(world.app, world.origin)
    phone.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8"
    phone.log_in(person)
    world.clock.move(minutes=1)
    page = world.visitor(person).go("/account")
    rows = [words(row) for row in page.all("tr")][1:]
    assert [("这里" in row, "微信 · Android" in row) for row in rows] == [(True, False), (False, True)]
    world.clock.move(minutes=31)
    assert len(world.visitor(person).go("/account").all("tr")) == 2


def test_log_out_everywhere(world: World, person: Candidate) -> None:
    there, here, other = world.visitor(person), world.visitor(person), world.newcomer()
    here.go("/account")
    assert "所有地方的登录都已退出" in here.press("全部退出").text
    assert [is_in(each) for each in (there, here, other)] == [False, False, True]
    [row] = world.rows(AuditRow, action="logins_ended")
    assert row.detail == "ended=2"


@pytest.mark.parametrize("make", [people.candidate, people.support])
def test_a_one_time_password_has_to_be_changed_before_anything_else(world: World, make: type[Staff]) -> None:
    person = world.add(make(must_change_password=True))
    browser = world.visitor(person)
    assert browser.page.all("h1")[0].text == "设置您自己的密码"
    for path in ("/apply", "/support", "/account", "/review", "/operate/staff", "/forecast"):
        assert browser.get(path).location == "/account/password"
    answer = browser.post("/account/leave-everywhere")
    assert (answer.status_code, "请先设置您自己的密码" in answer.text) == (403, True)
    assert browser.get("/privacy").status_code == 200
    change(browser, new="mango river lamp")
    assert browser.get("/account").status_code == 200
    assert not world.rows(type(person), must_change_password=True)


def test_it_may_be_left_again(world: World) -> None:
    browser = world.visitor(world.add(people.support(must_change_password=True)))
    assert "已退出登录" in browser.press("退出").text


def test_who_has_no_password_yet_cannot_log_in_by_one(world: World) -> None:
    person = world.add(people.candidate(password_hash=""))
    for password in ("", " ", PASSWORD):
        assert world.visitor().log_in(person, password).has_button("登录")
    assert not verify("", b"")


def test_who_came_in_without_a_password_is_kept_from_nothing_and_told_how_to_get_one(world: World) -> None:
    person = world.add(people.candidate())
    browser = world.visitor(person)
    with world.dependencies.db.writing() as db:
        theirs = db.get_one(Candidate, person.id)
        theirs.password_hash, theirs.must_change_password = "", True
    page = browser.go("/account")
    assert "您还没有密码" in page.text
    assert not [each for each in page.all("a") if each.get("href") == "/account/password"]
    assert "现在的密码不对" in change(browser, current="").text


def test_new_passwords_are_hashed_in_a_worker_process() -> None:
    passwords = LocalPasswords(1)
    try:
        hashed = passwords.hash_of(NEW)
        assert hashed.startswith("$argon2id$")
        assert passwords.are_right(hashed, NEW)
        assert not passwords.are_right(hashed, NEW + "x")
        assert hashed != passwords.hash_of(NEW)
    finally:
        passwords.close()
