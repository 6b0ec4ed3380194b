"""Logging in and out: who gets in, what a session is worth, when it ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import update

from app.identity.model import Login, Staff
from app.pairing.model import Pairing
from tests import people
from tests.world import FakeClock, World

WRONG = "准考证号或密码不对"


def test_a_candidate_gets_to_their_own_page(world: World) -> None:
    page = world.visitor(world.add(people.candidate(name="陈思远"))).page
    assert page.all("h1")[0].text == "毕业申请及图像采集"
    assert "陈思远" in page.text


@pytest.mark.parametrize(("make", "heading"), [(people.support, "客服"), (people.reviewer, "待审核")])
def test_staff_get_to_theirs(world: World, make: Callable[[], Staff], heading: str) -> None:
    page = world.visitor(world.add(make())).page
    assert page.all("h1")[0].text == heading


def test_a_wrong_password_and_an_unknown_name_read_the_same(world: World) -> None:
    known, unknown = world.add(people.candidate()), people.candidate()
    wrong = world.visitor().log_in(known, "not the password").text
    nobody = world.visitor().log_in(unknown).text
    assert WRONG in wrong
    assert wrong == nobody


def test_what_was_typed_is_kept_after_a_mistake_but_not_the_password(world: World) -> None:
    person = world.add(people.candidate())
    page = world.visitor().log_in(person, "a secret mistake")
    assert [each.get("value") for each in page.all("input") if each.get("name") == "name"] == [person.exam_number]
    assert "a secret mistake" not in page.html


def test_a_login_begins_a_new_session(world: World) -> None:
    visitor = world.visitor()
    visitor.go("/login")
    before, token = visitor.cookie("session"), visitor.csrf()
    visitor.log_in(world.add(people.candidate()))
    assert visitor.csrf() != token
    visitor.client.set_cookie("session", before or "")
    assert visitor.get("/apply").status_code == 302


def test_an_old_cookie_is_dead_after_the_logout(world: World) -> None:
    desk = world.desk()
    kept = desk.cookie("session")
    assert "已退出登录" in desk.press("退出").text
    desk.client.set_cookie("session", kept or "")
    assert desk.get("/apply").location.startswith("/login")


def test_the_database_keeps_no_secret_that_opens_a_login(world: World) -> None:
    desk = world.desk()
    with desk.client.session_transaction(base_url=desk.origin) as session:
        secret = session["login"]
    [login] = world.rows(Login)
    assert secret not in str(vars(login))


def test_a_login_ends_after_thirty_idle_minutes(world: World, clock: FakeClock) -> None:
    desk = world.desk()
    clock.move(minutes=30)
    assert desk.get("/apply").status_code == 200
    clock.move(minutes=30, seconds=1)
    assert desk.get("/apply").location == "/login?next=/apply"


def test_waiting_pages_do_not_keep_a_login_alive(world: World, clock: FakeClock) -> None:
    desk = world.desk()
    for _look in range(31):
        clock.move(minutes=1)
        desk.get("/apply/panel", X_Poll="1")
    assert desk.get("/apply").location == "/login?next=/apply"


def test_the_phone_keeps_the_login_alive_that_waits_for_it(world: World, clock: FakeClock) -> None:
    desk, phone = world.paired()
    for _step in range(4):
        clock.move(minutes=14)
        assert phone.report("camera_ready").status_code == 200
    assert desk.get("/apply/capture").status_code == 200


def test_logging_out_revokes_what_this_login_minted(world: World) -> None:
    desk, phone = world.paired()
    desk.press("退出")
    assert phone.state().status_code == 410
    [pairing] = world.rows(Pairing)
    [login] = world.rows(Login)
    assert (pairing.end_reason, pairing.ended_at) == ("logged_out", login.ended_at)


def test_logging_out_elsewhere_leaves_it_alone(world: World) -> None:
    person = world.add(people.candidate())
    _desk, phone = world.paired(person)
    world.desk(person).press("退出")
    assert phone.state().status_code == 200


def test_an_idle_login_leaves_its_pairing_alone(world: World, clock: FakeClock) -> None:
    desk, phone = world.paired()
    clock.move(minutes=31)
    assert desk.get("/apply").status_code == 302
    assert phone.state().status_code == 200


def test_after_the_login_one_goes_on_to_where_one_wanted(world: World) -> None:
    visitor = world.visitor()
    visitor.go("/apply/capture")
    visitor.press("登录", name=world.add(people.candidate()).exam_number, password=people.PASSWORD)
    assert visitor.address.startswith("/apply")


@pytest.mark.parametrize(
    "there",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        " //evil.example",
        "evil.example",
        "https:evil.example",
        "http:///evil.example",
        "javascript:alert(1)",
        "/\r\nSet-Cookie: a=b",
    ],
)
def test_nobody_is_sent_to_another_site(world: World, there: str) -> None:
    visitor, person = world.visitor(), world.add(people.candidate())
    visitor.go("/login")
    answer = visitor.post("/login", {"name": person.exam_number, "password": people.PASSWORD, "next": there})
    assert answer.status_code == 302
    assert answer.location == "/"


@pytest.mark.parametrize("typed", ["Guangzhou.Li", " guangzhou.li ", "ｇｕａｎｇｚｈｏｕ．ｌｉ", "GUANGZHOU.LI"])
def test_a_name_is_known_however_it_was_typed(world: World, typed: str) -> None:
    world.add(people.support(login_name="guangzhou.li"))
    visitor = world.visitor()
    visitor.go("/login")
    visitor.press("登录", name=typed, password=people.PASSWORD)
    assert visitor.address == "/support"


@pytest.mark.parametrize("change", ["reset", "disabled"])
def test_a_password_that_was_replaced_while_it_was_looked_at_opens_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Nor once a disabled account is enabled again."""
    person = world.add(people.reviewer())
    are_right = world.passwords.are_right

    def slow(hashed: str, password: str) -> bool:
        values = {"password_hash": people.HASHED + "."} if change == "reset" else {"disabled_at": world.clock.now()}
        with world.dependencies.db.writing() as db:
            db.execute(update(Staff).where(Staff.id == person.id).values(**values))
        return are_right(hashed, password)

    monkeypatch.setattr(world.passwords, "are_right", slow)
    page = world.visitor().log_in(person)
    assert "刚刚有变化。请重新登录" in page.text
    assert world.rows(Login) == []
