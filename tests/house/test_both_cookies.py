"""One browser that is somebody's desktop and somebody's phone: each page looks at its own cookie only."""

from __future__ import annotations

import pytest

from tests import people
from tests.visitors import Desk, Phone, reason
from tests.world import World


@pytest.fixture
def both(world: World) -> tuple[Desk, Phone, Desk]:
    """The browser in which Zhang is logged in and which holds Li's pairing, as a desk and as a phone."""
    desk, phone = world.paired(world.add(people.candidate(name="李四维")))
    browser = Desk(world.app, world.origin, phone.client)
    browser.log_in(world.add(people.candidate(name="张三丰")))
    return browser, phone, desk


def test_the_phones_calls_are_about_the_pairing(both: tuple[Desk, Phone, Desk]) -> None:
    _browser, phone, _desk = both
    assert phone.state().get_json()["person"]["name"] == "李*维"


def test_every_other_page_is_about_the_login(both: tuple[Desk, Phone, Desk]) -> None:
    browser, _phone, _desk = both
    page = browser.go("/apply")
    assert "张三丰" in page.text
    assert "李" not in page.text


def test_logging_out_leaves_the_pairing_and_its_end_leaves_the_login(both: tuple[Desk, Phone, Desk]) -> None:
    browser, phone, desk = both
    desk.look()
    desk.press("不是我的手机")
    assert reason(phone.state()) == (410, "not_mine")
    assert browser.get("/apply").status_code == 200


def test_after_the_logout_it_is_only_a_phone_again(both: tuple[Desk, Phone, Desk]) -> None:
    browser, phone, _desk = both
    browser.go("/apply")
    browser.press("退出")
    assert phone.state().status_code == 200
    assert browser.get("/apply").status_code == 403


def test_neither_cookie_opens_what_the_other_does(world: World) -> None:
    desk, phone = world.paired()
    login, pairing = desk.cookie("session"), phone.client.get_cookie("phone")
    assert login
    assert pairing
    swapped = Phone(world.app, world.origin)
    swapped.client.set_cookie("phone", login)
    swapped.client.set_cookie("session", pairing.value)
    assert reason(swapped.state()) == (401, "no_pairing")
    assert Desk(world.app, world.origin, swapped.client).get("/apply").status_code == 302


def test_a_candidates_desk_is_no_phone(world: World) -> None:
    desk, _phone = world.paired()
    assert reason(Phone(world.app, world.origin, desk.client).state()) == (401, "no_pairing")
