"""A candidate comes in from the parent system: once, within a minute, and knowing as whom."""

from __future__ import annotations

import logging
from urllib.parse import urlencode

import pytest

from app.identity.model import Candidate, Login
from app.pairing.model import Pairing
from app.parent.model import Launched
from app.parent.rules import LAUNCHES_KEPT, Why
from tests import people
from tests.page import Page
from tests.parent.signing import KEYS_TEXT, launch, launch_fields
from tests.together import at_once
from tests.visitors import Desk, Visitor
from tests.world import NewWorld, World


@pytest.fixture
def person(world: World) -> Candidate:
    """Somebody whom the parent system knows; nobody has given them a password."""
    return world.add(people.candidate(password_hash=""))


def sent(world: World, browser: Visitor, fields: dict[str, str]) -> Page:
    """The parent system's page posts its form; the page that follows."""
    answer = launch(world, browser.client, fields)
    assert answer.status_code == 303
    return browser.go(answer.location)


def logins(world: World) -> list[tuple[int | None, bool]]:
    """Whose logins there are, and which go on."""
    return [(each.candidate_id, each.ended_at is None) for each in world.rows(Login)]


def test_a_candidate_without_a_password_is_let_in(world: World, person: Candidate) -> None:
    browser = world.visitor()
    page = sent(world, browser, launch_fields(person.exam_number, world.clock.now()))
    assert "确认进入" in page.text
    assert person.exam_number in page.text
    assert person.name not in page.text
    assert browser.press("是我，进入").has_button("退出")
    assert browser.address == "/apply"
    assert logins(world) == [(person.id, True)]
    assert browser.cookie("launch") is None
    assert browser.cookie("device") is None


@pytest.mark.parametrize(
    ("wanted", "reached"), [("/forecast", "/forecast"), ("", "/apply"), ("//evil.example/", "/apply")]
)
def test_it_leads_on_to_a_page_of_ours(world: World, person: Candidate, wanted: str, reached: str) -> None:
    browser = world.visitor()
    sent(world, browser, launch_fields(person.exam_number, world.clock.now(), following=wanted))
    browser.press("是我，进入")
    assert browser.address == reached


def test_a_second_key_is_as_good_while_keys_are_exchanged(world: World, person: Candidate) -> None:
    browser = world.visitor()
    sent(world, browser, launch_fields(person.exam_number, world.clock.now(), "p2"))
    assert browser.page.has_button("是我，进入")


def test_a_replay_is_told_whichever_of_two_came_first(world: World, person: Candidate) -> None:
    fields = launch_fields(person.exam_number, world.clock.now())
    browsers = [world.visitor() for _each in range(4)]
    at_once(*(lambda each=each: launch(world, each.client, fields) for each in browsers))
    assert len(world.rows(Launched)) == 1
    for browser in browsers:
        browser.go("/launch")
    assert sorted(browser.page.has_button("是我，进入") for browser in browsers) == [False, False, False, True]
    page = sent(world, world.visitor(), fields)
    assert "已经用过" in page.text
    assert "回到原来的系统" in page.text


def test_of_two_windows_one_is_let_in(world: World, person: Candidate) -> None:
    browser = world.visitor()
    sent(world, browser, launch_fields(person.exam_number, world.clock.now()))
    form = {"csrf": browser.csrf()}
    windows = [Visitor(world.app, world.origin) for _each in range(3)]
    for window in windows:
        for name in ("launch", "session"):
            window.client.set_cookie(name, browser.cookie(name) or "", domain="localhost")
    at_once(*(lambda each=each: each.post("/launch/enter", form) for each in windows))
    assert logins(world) == [(person.id, True)]


@pytest.mark.parametrize(
    ("off", "changed", "words", "why"),
    [
        (-95, {}, "95 秒前生成的，只在 60 秒内有效", Why.TOO_OLD),
        (40, {}, "时钟比本系统快 40 秒", Why.AHEAD),
        (0, {"mac": "0" * 64}, "签名不对", Why.BAD_SIGNATURE),
        (0, {"key": "p9"}, "不认识原来系统使用的密钥", Why.UNKNOWN_KEY),
        (0, {"nonce": "short"}, "内容不完整", Why.MALFORMED),
    ],
)
def test_what_is_wrong_is_told_to_the_person_and_precisely_to_the_log(
    world: World,
    person: Candidate,
    caplog: pytest.LogCaptureFixture,
    off: int,
    changed: dict[str, str],
    words: str,
    why: Why,
) -> None:
    world.clock.move(off)
    fields = launch_fields(person.exam_number, world.clock.now()) | changed
    world.clock.move(-off)
    with caplog.at_level(logging.WARNING, "zhengzhao.launch"):
        page = sent(world, world.visitor(), fields)
    assert words in page.text
    [record] = [each for each in caplog.records if each.name == "zhengzhao.launch"]
    assert isinstance(record.msg, dict)
    assert record.msg["why"] == why
    assert record.msg.get("seconds") == (abs(off) or None)
    assert person.exam_number not in str(record.msg)
    assert logins(world) == []


def test_whom_we_do_not_know_is_told_whom_to_ask_and_may_come_back(world: World) -> None:
    fields = launch_fields("999999999999", world.clock.now())
    page = sent(world, world.visitor(), fields)
    assert "还没有您的考籍资料" in page.text
    world.add(people.candidate(exam_number="999999999999"))
    page = sent(world, world.visitor(), fields)
    assert page.has_button("是我，进入")


def test_somebody_else_who_is_logged_in_is_logged_out_visibly(world: World, person: Candidate) -> None:
    other = world.add(people.candidate(name="李晓明"))
    browser = world.desk(other)
    browser.to_code()
    assert browser.code().status_code == 200
    page = sent(world, browser, launch_fields(person.exam_number, world.clock.now()))
    assert "李*明还在登录" in page.text
    assert logins(world) == [(other.id, True)]
    page = browser.press("让其退出，我进入")
    assert "已让李*明退出登录" in page.text
    assert logins(world) == [(other.id, False), (person.id, True)]
    assert [each.end_reason for each in world.rows(Pairing)] == ["logged_out"]


def test_the_same_person_goes_on_with_the_login_that_is_there(world: World, person: Candidate) -> None:
    browser = world.visitor()
    for _time in range(2):
        sent(world, browser, launch_fields(person.exam_number, world.clock.now()))
        browser.press("是我，进入")
    assert logins(world) == [(person.id, True)]


def test_whoever_it_is_not_lets_nobody_in(world: World, person: Candidate) -> None:
    browser = world.visitor()
    sent(world, browser, launch_fields(person.exam_number, world.clock.now()))
    page = browser.press("不是我")
    assert "没有登录。请在原来的系统退出别人的账号" in page.text
    assert logins(world) == []
    assert "没有等待确认的登录" in browser.go("/launch").text


def test_it_waits_five_minutes_to_be_confirmed(world: World, person: Candidate) -> None:
    browser = world.visitor()
    sent(world, browser, launch_fields(person.exam_number, world.clock.now()))
    world.clock.move(minutes=5)
    page = browser.press("是我，进入")
    assert "超过了 5 分钟" in page.text
    assert logins(world) == []


def test_a_strangers_page_can_neither_log_in_nor_log_out(world: World, person: Candidate) -> None:
    """Login CSRF: the person has to press a button of ours. And a refusal takes no session away."""
    browser = world.desk()
    session = browser.cookie("session")
    for fields in (launch_fields(person.exam_number, world.clock.now()), {}):
        launch(world, browser.client, fields)
        assert browser.cookie("session") == session
    answer = world.app.test_client().post(
        "/apply", base_url=world.origin, headers={"Origin": "https://evil.example"}, data={}
    )
    assert answer.status_code == 403
    assert answer.headers.getlist("Set-Cookie") == []
    foreign = {"Origin": "https://evil.example"}
    assert browser.client.post("/launch/enter", base_url=world.origin, headers=foreign).status_code == 403
    assert [owner for owner, _live in logins(world)] != [person.id]


def test_its_address_in_a_link_is_not_accepted(world: World, person: Candidate) -> None:
    address = f"/launch?{urlencode(launch_fields(person.exam_number, world.clock.now()))}"
    assert world.visitor().get(address).status_code == 400
    assert world.rows(Launched) == []


def test_without_keys_nobody_is_let_in(new_world: NewWorld) -> None:
    world = new_world("alone")
    person = world.add(people.candidate())
    page = sent(world, world.visitor(), launch_fields(person.exam_number, world.clock.now()))
    assert "不认识原来系统使用的密钥" in page.text


def test_used_nonces_are_kept_longer_than_they_could_count(world: World, person: Candidate) -> None:
    launch(world, world.visitor().client, launch_fields(person.exam_number, world.clock.now()))
    world.clock.move(LAUNCHES_KEPT.total_seconds() + 1)
    launch(world, world.visitor().client, launch_fields(person.exam_number, world.clock.now()))
    assert len(world.rows(Launched)) == 1


def test_over_https_the_cookie_is_bound_to_this_host(new_world: NewWorld) -> None:
    world = new_world("tls", origin="https://localhost:5443", tls_port=5443, parent_keys=KEYS_TEXT)
    person = world.add(people.candidate())
    answer = launch(world, Desk(world.app, world.origin).client, launch_fields(person.exam_number, world.clock.now()))
    [cookie] = answer.headers.getlist("Set-Cookie")
    said = {part.strip() for part in cookie.split(";")}
    assert cookie.startswith("__Host-launch=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=300"} <= said
