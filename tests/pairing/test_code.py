"""The code on the desktop: what it holds, how long it is good, and that there is one pairing whatever one clicks."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy.exc import IntegrityError

from app.pairing.model import Link, Pairing
from app.pairing.rules import Purpose
from tests import people
from tests.visitors import Desk, reason
from tests.world import FakeClock, World


@pytest.fixture
def desk(world: World) -> Desk:
    """A desk that shows a code."""
    at = world.desk()
    at.to_code()
    return at


def test_a_token_has_73_characters_and_says_nothing_about_the_person(world: World) -> None:
    person = world.add(people.candidate(name="王小明", exam_number="010126000077", phone="13912345678"))
    at = world.desk(person)
    at.to_code()
    first, second = at.token(), at.token()
    assert len(first) == 73
    assert not [fact for fact in ("0077", "3912", person.id_number[6:14]) if fact in first.partition(".")[0]]
    assert first.partition(".")[0] != second.partition(".")[0]


def test_the_link_keeps_its_secret_behind_the_number_sign(desk: Desk) -> None:
    answer = desk.code().get_json()
    assert answer["url"].startswith("http://localhost:5000/m#")
    assert answer["svg"].startswith("<svg")
    assert (answer["seconds"], answer["rotate_after"]) == (120, 100)


def test_the_database_keeps_only_the_hash_of_a_token(world: World, desk: Desk) -> None:
    token = desk.token()
    [link] = [each for each in world.rows(Link) if each.purpose == Purpose.QR]
    assert link.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(vars(link))


@pytest.mark.parametrize(("age", "status"), [(0, 200), (119.9, 200), (120, 410), (121, 410)])
def test_a_code_is_good_for_120_seconds_by_the_servers_clock(
    world: World, clock: FakeClock, desk: Desk, age: float, status: int
) -> None:
    token = desk.token()
    clock.move(age)
    assert world.phone().claim(token).status_code == status


def test_an_expired_code_is_told_to_both_sides(world: World, clock: FakeClock, desk: Desk) -> None:
    token = desk.token()
    clock.move(120)
    assert reason(world.phone().claim(token)) == (410, "expired")
    assert "刚才扫描的二维码已过期" in desk.look().text


@pytest.mark.parametrize("which", ["old", "new"])
def test_around_a_rotation_both_codes_claim_the_same_pairing(
    world: World, clock: FakeClock, desk: Desk, which: str
) -> None:
    tokens = {"old": desk.token()}
    clock.move(100)
    tokens["new"] = desk.token()
    clock.move(19.9)
    assert world.phone().claim(tokens[which]).status_code == 200
    assert len(world.rows(Pairing)) == 1


def test_rotating_for_a_whole_day_is_one_pairing_and_no_limit(world: World, clock: FakeClock, desk: Desk) -> None:
    for _turn in range(40):
        clock.move(100)
        assert desk.code().status_code == 200
    assert len(world.rows(Pairing)) == 1


def test_refreshing_a_second_tab_and_another_pc_show_the_pairing_that_is_there(world: World) -> None:
    person = world.add(people.candidate())
    desk = world.desk(person)
    desk.to_code()
    first = desk.token()
    desk.look()
    second = world.desk(person)
    assert "用手机扫码" in second.look().text
    second.token()
    assert world.phone().claim(first).status_code == 200
    assert len(world.rows(Pairing)) == 1


def test_opening_the_dialog_never_mints_while_a_phone_holds_the_pairing(world: World) -> None:
    person = world.add(people.candidate())
    world.paired(person)
    other = world.desk(person)
    assert "请核对手机上的数字" in other.open_dialog().text
    assert reason(other.code()) == (409, "claimed")
    assert (len(world.rows(Pairing)), len(world.rows(Link))) == (1, 2)


def test_the_database_itself_allows_one_live_pairing_an_application(world: World, desk: Desk, clock: FakeClock) -> None:
    desk.token()
    [there] = world.rows(Pairing)
    with pytest.raises(IntegrityError), world.dependencies.db.writing() as db:
        db.add(Pairing(application_id=there.application_id, state="issued", created_at=clock.now()))


def test_renewing_replaces_the_old_pairing_and_its_codes(world: World, desk: Desk) -> None:
    old = desk.token()
    desk.press("重新生成二维码")
    assert reason(world.phone().claim(old)) == (410, "replaced")
    assert world.phone().claim(desk.token()).status_code == 200


def test_thirty_new_pairings_in_ten_minutes_and_no_more(desk: Desk) -> None:
    for _press in range(30):
        desk.press("重新生成二维码")
    answer = desk.post("/pairings/renew")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 600
    assert "操作太频繁" in desk.page.text


def test_using_this_very_browser_counts_as_a_new_pairing_too(world: World, desk: Desk) -> None:
    for _round in range(30):
        assert desk.post("/pairings/here").status_code == 303
        desk.post("/pairings/not-mine")
    assert desk.post("/pairings/here").status_code == 429
    assert len(world.rows(Pairing)) == 30


def test_the_limit_is_each_candidates_own(world: World, desk: Desk) -> None:
    for _press in range(30):
        desk.press("重新生成二维码")
    other = world.desk()
    other.to_code()
    assert other.code().status_code == 200


def test_there_is_no_code_before_the_person_has_applied(world: World) -> None:
    assert reason(world.newcomer().code()) == (409, "not_now")


def test_the_short_address_stands_below_the_code(desk: Desk) -> None:
    assert "localhost:5000/m" in desk.look().text
