"""换浏览器打开 and back again: a browser that handed its pairing on gets it back from one that cannot."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from app.pairing.model import PhoneSession
from tests.together import at_once
from tests.visitors import Desk, Phone, reason
from tests.world import World, picture


@pytest.fixture
def moved(world: World) -> tuple[Desk, Phone, Phone, str]:
    """A desk, the browser that was left, and the one that holds the pairing now; what the first one's address says."""
    desk, first = world.paired()
    token, second = first.transfer(), world.phone()
    assert second.claim(token).status_code == 200
    return desk, first, second, token


def come_back(phone: Phone) -> TestResponse:
    return phone.call("POST", "/m/back")


def test_the_browser_that_was_left_is_told_that_it_may_come_back(moved: tuple[Desk, Phone, Phone, str]) -> None:
    _desk, first, _second, token = moved
    for answer in (first.state(), first.claim(token), first.claim(token, nonce="the nonce of the first")):
        assert (reason(answer), answer.get_json()["error"]["back"]) == ((410, "moved"), True)


def test_opening_its_own_link_again_is_no_other_phone(moved: tuple[Desk, Phone, Phone, str]) -> None:
    desk, first, _second, token = moved
    first.claim(token)
    assert "另一部手机也扫描了二维码" not in desk.look().text


def test_it_comes_back_and_the_desk_is_told(moved: tuple[Desk, Phone, Phone, str]) -> None:
    desk, first, second, _token = moved
    assert come_back(first).get_json()["state"] == "confirmed"
    assert first.state().status_code == 200
    answer = second.state()
    assert (reason(answer), answer.get_json()["error"]["back"]) == ((410, "moved"), False)
    assert reason(come_back(second)) == (410, "moved")
    assert "手机换回了原来的浏览器" in desk.look().text
    assert first.send(picture()).status_code == 201


def test_a_link_of_the_second_browser_leads_back_too(moved: tuple[Desk, Phone, Phone, str]) -> None:
    _desk, first, second, _token = moved
    assert first.claim(second.transfer(), nonce="the nonce of the first").status_code == 200
    assert first.claim("x" * 73, nonce="the nonce of the first").status_code == 403
    assert first.state().status_code == 200
    assert reason(second.state()) == (410, "moved")


def test_it_may_go_there_and_back_as_often_as_needed(world: World, moved: tuple[Desk, Phone, Phone, str]) -> None:
    _desk, first, second, _token = moved
    for _time in range(3):
        assert come_back(first).status_code == 200
        assert second.claim(first.transfer()).status_code == 200
    assert come_back(first).status_code == 200
    assert len(world.rows(PhoneSession, moved_at=None)) == 1


@pytest.mark.parametrize(
    "sends",
    [
        lambda phone: phone.report("sending"),
        lambda phone: phone.send(picture()),
        lambda phone: phone.announce(picture()),
    ],
)
def test_not_from_a_browser_that_has_sent_something(
    moved: tuple[Desk, Phone, Phone, str], sends: Callable[[Phone], TestResponse]
) -> None:
    _desk, first, second, _token = moved
    assert sends(second).status_code in (200, 201)
    answer = first.state()
    assert (reason(answer), answer.get_json()["error"]["back"]) == ((410, "moved"), False)
    assert reason(come_back(first)) == (410, "moved")
    assert second.state().status_code == 200


def test_what_was_sent_before_does_not_count(world: World) -> None:
    _desk, first = world.paired()
    first.send(picture())
    world.phone().claim(first.transfer())
    assert come_back(first).status_code == 200


def test_not_from_the_desktop_that_took_over(moved: tuple[Desk, Phone, Phone, str], world: World) -> None:
    desk, first, second, _token = moved
    desk.post("/pairings/here")
    for left in (first, second):
        answer = come_back(left)
        assert (reason(answer), answer.get_json()["error"]["back"]) == ((410, "moved"), False)
    assert Phone(world.app, world.origin, desk.client).state().status_code == 200


def test_not_by_one_who_was_left_two_moves_ago(moved: tuple[Desk, Phone, Phone, str], world: World) -> None:
    _desk, first, second, _token = moved
    third = world.phone()
    third.claim(second.transfer())
    assert reason(come_back(first)) == (410, "moved")
    assert come_back(second).status_code == 200


def test_not_into_a_pairing_that_is_over(moved: tuple[Desk, Phone, Phone, str]) -> None:
    desk, first, _second, _token = moved
    desk.look()
    desk.press("不是我的手机")
    assert come_back(first).status_code == 410


def test_the_second_browser_may_have_claimed_twice_by_its_nonce(world: World) -> None:
    _desk, first = world.paired()
    token = first.transfer()
    for _lost_answer in range(2):
        assert world.phone().claim(token, nonce="the nonce of the second").status_code == 200
    assert come_back(first).status_code == 200
    assert len(world.rows(PhoneSession, moved_at=None)) == 1


def test_who_holds_the_pairing_is_told_where_it_stands(world: World) -> None:
    _desk, phone = world.paired()
    assert come_back(phone).get_json()["state"] == "confirmed"
    assert reason(come_back(world.phone())) == (401, "no_pairing")


def test_coming_back_and_sending_at_once_leave_one_browser(world: World, moved: tuple[Desk, Phone, Phone, str]) -> None:
    _desk, first, second, _token = moved
    at_once(lambda: come_back(first), lambda: second.send(picture()))
    assert {first.state().status_code, second.state().status_code} == {200, 410}
    assert len(world.rows(PhoneSession, moved_at=None)) == 1
