"""The code below the QR code: typed at `/m`, it claims the same pairing as the QR code, and guessing it is hopeless."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from app.pairing.model import Link, Pairing, PairingEvent, PhoneSession
from app.pairing.rules import EventCode, Purpose
from app.pairing.typed_rules import ALPHABET, TypedCodes, as_meant
from tests import people
from tests.visitors import Desk, JSONValue, reason
from tests.world import FakeClock, World

WRONG = (403, "code_wrong")


@pytest.fixture
def desk(world: World) -> Desk:
    """A desk that shows a code."""
    at = world.desk(world.add(people.candidate(name="张小三")))
    at.to_code()
    return at


def other_half(code: str) -> str:
    """The same first half with a second one that is not this code's."""
    last = ALPHABET[(ALPHABET.index(code[-1]) + 1) % len(ALPHABET)]
    return code[:-1] + last


def test_it_has_eight_characters_in_two_groups_and_no_look_alikes(desk: Desk) -> None:
    assert re.fullmatch(r"[2-9A-Y]{4} [2-9A-Y]{4}", desk.typed())
    assert set("0O1ILQZSBGU").isdisjoint(ALPHABET)


def test_it_claims_the_pairing_that_the_qr_code_stands_for(world: World, desk: Desk) -> None:
    code = desk.typed()
    phone = world.phone()
    answer = phone.type(code)
    assert answer.status_code == 200
    assert answer.get_json()["person"]["name"] == "张*三"
    assert re.fullmatch(r"phone=[\w-]{22}; HttpOnly; Path=/; SameSite=Strict", answer.headers["Set-Cookie"])
    assert desk.look().all("output")[0].text == answer.get_json()["number"]
    assert phone.confirm().status_code == 200


@pytest.mark.parametrize(
    "write",
    [
        str.lower,
        lambda code: code.replace(" ", ""),
        lambda code: code.replace(" ", "-"),
        lambda code: f"  {code}　",
        ".".join,
        lambda code: "".join(each if each == " " else chr(ord(each) + 0xFEE0) for each in code),
        lambda code: code.translate(str.maketrans("2586V", "ZSBGU")),
    ],
)
def test_it_may_be_typed_in_any_way(world: World, desk: Desk, write: Callable[[str], str]) -> None:
    assert world.phone().type(write(desk.typed())).status_code == 200


@pytest.mark.parametrize("typed", ["x", "ABC", "AAAA AAAA A", "扫不了码怎么办呀", "0000 0000", "😀" * 8, "½" * 90])
def test_what_is_no_code_is_wrong_and_no_fault_of_ours(world: World, typed: str) -> None:
    assert as_meant(typed) == ""
    assert reason(world.phone().type(typed)) == WRONG


@pytest.mark.parametrize("typed", [17, None, [], "a\x00b", "x" * 500])
def test_only_a_text_is_taken(world: World, typed: JSONValue) -> None:
    assert reason(world.phone().call("POST", "/m/claim", json={"typed": typed})) == (400, "bad_request")


def test_it_stays_the_same_while_it_is_shown_and_lives_as_long_as_the_qr_code(
    world: World, clock: FakeClock, desk: Desk
) -> None:
    code = desk.typed()
    for _turn in range(5):
        clock.move(100)
        assert desk.typed() == code
    clock.move(119.9)
    assert world.phone().type(code).status_code == 200


def test_it_expires_with_the_qr_code(world: World, clock: FakeClock, desk: Desk) -> None:
    code = desk.typed()
    clock.move(120)
    assert reason(world.phone().type(code)) == (410, "expired")
    assert world.phone().type(desk.typed()).status_code == 200


def test_after_ten_minutes_another_one_is_shown_and_the_one_before_has_its_last_seconds(
    world: World, clock: FakeClock, desk: Desk
) -> None:
    code = desk.typed()
    for _turn in range(6):
        clock.move(100)
        newer = desk.typed()
    assert newer != code
    clock.move(19.9)
    assert world.phone().type(code).status_code == 200


@pytest.mark.parametrize("first", ["typed", "scanned"])
def test_one_phone_has_it_and_the_other_is_told(world: World, desk: Desk, first: str) -> None:
    token, code = desk.token(), desk.typed()

    def claim(how: str) -> TestResponse:
        return world.phone().type(code) if how == "typed" else world.phone().claim(token)

    other = "scanned" if first == "typed" else "typed"
    assert claim(first).status_code == 200
    assert reason(claim(other)) == (410, "claimed")
    assert "另一部手机也扫描了二维码，已被拒绝" in desk.look().text


def test_who_missed_the_answer_types_again_with_the_same_nonce(world: World, clock: FakeClock, desk: Desk) -> None:
    code, nonce = desk.typed(), "a nonce of this tab"
    assert world.phone().type(code, nonce=nonce).status_code == 200
    clock.move(minutes=5)
    phone = world.phone()
    assert phone.type(code, nonce=nonce).status_code == 200
    assert phone.state().status_code == 200
    assert reason(world.phone().type(code, nonce="a nonce of another")) == (410, "expired")
    assert len(world.rows(PhoneSession)) == 2


def test_the_database_keeps_keyed_hashes_alone(world: World, desk: Desk) -> None:
    code = desk.typed().replace(" ", "")
    [link] = [each for each in world.rows(Link) if each.purpose == Purpose.TYPED]
    assert code[:4] not in str(vars(link))
    ours, strangers = (
        TypedCodes([world.settings.secret_keys[-1]]),
        TypedCodes(["another key of forty characters, at all"]),
    )
    assert link.token_hash == ours.hashes(link.pairing_id, code)[-1]
    assert link.selector == ours.selectors(code)[-1]
    assert link.token_hash != strangers.hashes(link.pairing_id, code)[-1]


def test_ten_wrong_second_halves_use_it_up_and_the_desk_draws_another(world: World, desk: Desk) -> None:
    code = desk.typed()
    answers = [reason(world.phone().type(other_half(code))) for _try in range(10)]
    assert set(answers) == {WRONG}
    assert reason(world.phone().type(code)) == WRONG
    assert "已换成新的代码" in desk.look().text
    [drawn] = [each for each in desk.look().all("div") if each.get("data-number")]
    assert drawn.get("data-number") == "1"
    assert desk.code().get_json()["number"] == 1
    newer = desk.typed()
    assert newer != code
    assert world.phone().type(newer).status_code == 200
    codes = Counter(event.code for event in world.rows(PairingEvent))
    told = (EventCode.CODE_WRONG, EventCode.CODE_USED_UP, EventCode.CLAIMED_TYPED)
    assert [codes[each] for each in told] == [9, 1, 1]


def test_nine_wrong_ones_are_forgiven_and_tell_a_stranger_nothing(world: World, desk: Desk) -> None:
    code = desk.typed()
    near = [world.phone().type(other_half(code)) for _try in range(9)]
    far = world.phone().type("2222 2222")
    assert {answer.get_data() for answer in near} == {far.get_data()}
    assert world.phone().type(code).status_code == 200


def test_the_qr_code_works_while_its_code_is_used_up(world: World, desk: Desk) -> None:
    token, code = desk.token(), desk.typed()
    for _try in range(10):
        world.phone().type(other_half(code))
    assert world.phone().claim(token).status_code == 200


def test_wrong_codes_after_the_claim_change_nothing(world: World, desk: Desk) -> None:
    code = desk.typed()
    phone = world.phone()
    phone.type(code)
    for _try in range(12):
        assert reason(world.phone().type(other_half(code))) == WRONG
    assert phone.state().status_code == 200
    assert "code_wrong" not in {event.code for event in world.rows(PairingEvent)}


def test_an_address_may_be_wrong_sixty_times_in_ten_minutes_and_right_as_often_as_it_likes(world: World) -> None:
    phone = world.phone()
    desks = [world.desk(world.add(people.candidate(exam_number=f"0101260007{n:02d}"))) for n in range(2)]
    for each in desks:
        each.to_code()
    for _try in range(59):
        assert reason(phone.type("2345 6789")) == WRONG
    assert world.phone().type(desks[0].typed()).status_code == 200
    assert reason(phone.type("2345 6789")) == WRONG
    answer = phone.type("2345 6789")
    assert reason(answer) == (429, "too_many")
    assert 0 < int(answer.headers["Retry-After"]) <= 600
    assert world.phone().claim(desks[1].token()).status_code == 200


def test_renewing_ends_it(world: World, desk: Desk) -> None:
    code = desk.typed()
    desk.press("重新生成二维码")
    assert reason(world.phone().type(code)) == (410, "replaced")


def test_support_reads_that_it_was_typed_and_that_it_was_guessed_at(world: World, desk: Desk) -> None:
    code = desk.typed()
    for _try in range(10):
        world.phone().type(other_half(code))
    world.phone().type(desk.typed())
    caller = world.visitor(world.add(people.support()))
    [pairing] = world.rows(Pairing)
    page = caller.press("查找", number=pairing.application.candidate.exam_number)
    assert "手机已连接（输入了代码）" in page.text
    assert "代码输错十次，已换成新的代码" in page.text
