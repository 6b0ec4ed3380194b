"""Claiming: the first phone wins, whoever comes later is told, and the same phone may ask again."""

from __future__ import annotations

import re

import pytest

from app.pairing.model import Pairing, PhoneSession
from tests import people
from tests.visitors import Desk, JSONValue, reason
from tests.world import FakeClock, World


@pytest.fixture
def desk(world: World) -> Desk:
    at = world.desk(world.add(people.candidate(name="张小三")))
    at.to_code()
    return at


@pytest.fixture
def token(desk: Desk) -> str:
    return desk.token()


def test_the_phone_learns_what_it_needs_and_no_more(world: World, token: str, clock: FakeClock) -> None:
    state = world.phone().claim(token).get_json()
    assert state["person"] == {"name": "张*三", "id_number": "440*************0X"}
    assert (state["state"], state["purpose"], state["capture"], state["alone"]) == ("claimed", "portrait", None, False)
    assert state["id_type_name"] == {"zh": "居民身份证", "en": "Resident identity card"}
    assert re.fullmatch(r"\d{4}", state["number"])
    assert state["until"] == "2026-11-22T18:00:00+08:00"
    assert set(state) == {
        "tag",
        "state",
        "purpose",
        "person",
        "id_type",
        "id_type_name",
        "number",
        "language",
        "alone",
        "until",
        "uploads_left",
        "consent",
        "capture",
    }


def test_desk_and_phone_show_the_same_number_and_only_after_the_claim(world: World, desk: Desk, token: str) -> None:
    assert not re.search(r"\b\d{4}\b", desk.look().all("output")[0].text or "")
    number = world.phone().claim(token).get_json()["number"]
    assert desk.look().all("output")[0].text == number


def test_the_cookie_is_for_this_pairing_and_out_of_reach_for_scripts(world: World, token: str) -> None:
    [cookie] = world.phone().claim(token).headers.getlist("Set-Cookie")
    assert re.fullmatch(r"phone=[\w-]{22}; HttpOnly; Path=/; SameSite=Strict", cookie)


def test_the_database_keeps_only_the_hash_of_the_cookie(world: World, token: str) -> None:
    phone = world.phone()
    phone.claim(token)
    [key] = world.rows(PhoneSession)
    cookie = phone.client.get_cookie("phone")
    assert cookie
    assert cookie.value not in str(vars(key))


def test_a_second_phone_is_refused_and_the_desk_is_warned(world: World, desk: Desk, token: str) -> None:
    world.phone().claim(token)
    second = world.phone().claim(token)
    assert reason(second) == (410, "claimed")
    assert "不是我的手机" in second.get_json()["error"]["text"]
    assert "Set-Cookie" not in second.headers
    assert "另一部手机也扫描了二维码，已被拒绝" in desk.look().text


def test_the_first_claim_ends_every_token(world: World, clock: FakeClock, desk: Desk, token: str) -> None:
    clock.move(100)
    newer = desk.token()
    world.phone().claim(token)
    assert reason(world.phone().claim(newer)) == (410, "claimed")


def test_scanning_again_with_the_same_phone_is_fine(world: World, clock: FakeClock, token: str) -> None:
    phone = world.phone()
    first = phone.claim(token).get_json()
    clock.move(minutes=10)
    again = phone.claim(token)
    assert (again.status_code, again.json) == (200, first)
    assert "Set-Cookie" not in again.headers


def test_a_phone_that_missed_the_answer_claims_again_with_its_nonce(world: World, token: str) -> None:
    assert world.phone().claim(token, nonce="a nonce of this tab").status_code == 200
    phone = world.phone()
    assert phone.claim(token, nonce="a nonce of this tab").status_code == 200
    assert phone.state().status_code == 200


def test_another_nonce_is_another_phone(world: World, token: str) -> None:
    world.phone().claim(token, nonce="a nonce of the first")
    assert reason(world.phone().claim(token, nonce="a nonce of the second")) == (410, "claimed")
    assert reason(world.phone().claim(token)) == (410, "claimed")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"token": "not.a.token"}, (403, "bad_token")),
        ({"token": "x" * 500}, (400, "bad_request")),
        ({"token": ""}, (400, "bad_request")),
        ({"token": 17}, (400, "bad_request")),
        ({}, (400, "bad_request")),
        (None, (400, "bad_request")),
        ({"token": "\ud800" * 73}, (400, "bad_request")),
        ({"token": "a\x00b"}, (400, "bad_request")),
        ([], (400, "bad_request")),
    ],
)
def test_nonsense_is_refused_in_words(world: World, body: JSONValue, expected: tuple[int, str]) -> None:
    assert reason(world.phone().call("POST", "/m/claim", json=body)) == expected


ODD: list[JSONValue] = [None, 0, 1.5, True, [], ["a nonce of this tab"], {}, "\ud800" * 22, "a\x00" * 11, "x" * 200]


@pytest.mark.parametrize("odd", ODD)
def test_a_nonce_is_a_text(world: World, desk: Desk, token: str, odd: JSONValue) -> None:
    assert reason(world.phone().claim(token, nonce=odd)) == (400, "bad_request")
    assert world.rows(PhoneSession) == []


@pytest.mark.parametrize("weak", ["", "short", "x" * 22, "0" * 32, "abcab" * 5])
def test_a_nonce_that_others_may_have_too_brings_nobody_back(world: World, token: str, weak: str) -> None:
    assert world.phone().claim(token, nonce=weak).status_code == 200
    assert reason(world.phone().claim(token, nonce=weak)) == (410, "claimed")


@pytest.mark.parametrize("odd", ODD)
def test_last_characters_are_characters(world: World, token: str, odd: JSONValue) -> None:
    assert reason(world.phone().claim(token, last4=odd)) == (400, "bad_request")


@pytest.mark.parametrize("field", ["code", "consent"])
@pytest.mark.parametrize("odd", ODD)
def test_what_the_phone_reports_is_typed_too(world: World, token: str, field: str, odd: JSONValue) -> None:
    phone = world.phone()
    phone.claim(token)
    assert reason(phone.call("POST", "/m/progress", json={"code": "confirmed", field: odd})) == (400, "bad_request")
    assert phone.state().get_json()["state"] == "claimed"


def test_a_token_signed_for_another_purpose_is_not_ours(world: World, token: str) -> None:
    from app.base.tokens import digest
    from app.pairing.model import Link
    from app.pairing.rules import Purpose

    with world.dependencies.db.writing() as db:
        db.get_one(Link, digest(token)).purpose = Purpose.SUPPORT
    assert reason(world.phone().claim(token)) == (403, "bad_token")


def test_claims_of_one_token_are_limited(world: World, token: str) -> None:
    answers = [world.phone().claim(token) for _ in range(21)]
    assert [each.status_code for each in answers] == [200] + [410] * 19 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_the_permission_lasts_an_hour_however_long_nothing_happens(world: World, clock: FakeClock, token: str) -> None:
    phone = world.phone()
    phone.claim(token)
    clock.move(minutes=59, seconds=59)
    assert phone.state().status_code == 200
    clock.move(1)
    assert reason(phone.state()) == (410, "expired")


def test_after_the_hour_a_new_code_works(world: World, clock: FakeClock, desk: Desk, token: str) -> None:
    phone = world.phone()
    phone.claim(token)
    clock.move(minutes=20)
    desk.look()
    clock.move(minutes=25)
    desk.look()
    clock.move(minutes=15)
    assert "这次拍照的时间已用完" in desk.look().text
    desk.press("重新生成二维码")
    assert phone.claim(desk.token()).status_code == 200
    assert len(world.rows(Pairing, ended_at=None)) == 1


def test_without_a_cookie_there_is_no_pairing(world: World) -> None:
    assert reason(world.phone().state()) == (401, "no_pairing")


def test_progress_is_a_closed_list(world: World) -> None:
    _desk, phone = world.paired()
    assert reason(phone.report("anything")) == (400, "bad_request")
    assert reason(phone.report(["confirmed"])) == (400, "bad_request")


def test_consent_to_an_older_text_does_not_count(world: World, token: str) -> None:
    phone = world.phone()
    phone.claim(token)
    assert reason(phone.report("confirmed", consent="2001-01")) == (409, "consent_changed")
    assert phone.state().get_json()["state"] == "claimed"
