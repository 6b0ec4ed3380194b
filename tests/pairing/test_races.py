"""Many at the same moment, on a real database: one row wins, everybody gets an answer."""

from __future__ import annotations

from collections import Counter

from app.pairing.model import Pairing, PhoneSession
from app.portrait.model import Capture
from tests import people
from tests.together import at_once
from tests.visitors import Desk
from tests.world import NewWorld, World, picture


def test_of_a_hundred_claims_one_wins(world: World) -> None:
    desk = world.desk()
    desk.to_code()
    tokens = [desk.token() for _rotation in range(5)]
    phones = [world.phone() for _phone in range(100)]
    answers = at_once(*[lambda n=n, p=p: p.claim(tokens[n % 5]) for n, p in enumerate(phones)])
    assert Counter(each.status_code for each in answers) == {200: 1, 410: 99}
    assert {each.json["error"]["code"] for each in answers if each.status_code == 410} == {"claimed"}
    assert len(world.rows(PhoneSession)) == 1
    [winner] = [phone for phone, each in zip(phones, answers, strict=True) if each.status_code == 200]
    assert winner.state().status_code == 200


def test_fifty_equal_uploads_are_one_picture(world: World) -> None:
    _desk, phone = world.paired()
    answers = at_once(*[lambda: phone.send(picture())] * 50)
    assert Counter(each.status_code for each in answers) == {201: 1, 200: 49}
    assert len({each.text for each in answers}) == 1
    assert (len(world.rows(Capture)), len(world.blobs()), world.inspector.seen) == (1, 2, 1)
    assert world.rows(Pairing)[0].uploads == 1


def test_different_pictures_at_once_leave_one_draft(world: World) -> None:
    _desk, phone = world.paired()
    answers = at_once(*[lambda n=n: phone.send(picture(n)) for n in range(8)])
    assert {each.status_code for each in answers} == {201}
    [draft] = world.rows(Capture, ended_at=None)
    assert world.blobs() == {draft.original, draft.preview}


def test_the_limit_of_a_pairing_holds_when_all_come_at_once(new_world: NewWorld) -> None:
    world = new_world(uploads_per_pairing=3)
    _desk, phone = world.paired()
    answers = at_once(*[lambda n=n: phone.send(picture(n)) for n in range(10)])
    assert Counter(each.status_code for each in answers) == {201: 3, 429: 7}


def test_renewals_at_once_leave_one_live_pairing(world: World) -> None:
    desk = world.desk()
    desk.to_code()
    answers = at_once(*[lambda: copy_of(desk, world).post("/pairings/renew").status_code] * 6)
    assert answers == [303] * 6
    assert len(world.rows(Pairing, ended_at=None)) == 1


def test_two_tabs_that_ask_for_a_code_at_once_share_a_pairing(world: World) -> None:
    desk = world.desk()
    desk.to_code()
    answers = at_once(*[lambda: copy_of(desk, world).code().status_code] * 6)
    assert answers == [200] * 6
    assert len(world.rows(Pairing)) == 1


def test_applying_in_two_tabs_at_once_is_one_application(world: World) -> None:
    desk = world.desk(world.add(people.candidate()))
    answers = at_once(*[lambda: copy_of(desk, world).post("/apply").status_code] * 4)
    assert answers == [303] * 4


def test_a_claim_and_a_new_code_at_once_never_leave_two(world: World) -> None:
    desk = world.desk()
    desk.to_code()
    token, phone = desk.token(), world.phone()
    claimed, renewed = at_once(lambda: phone.claim(token), lambda: copy_of(desk, world).post("/pairings/renew"))
    assert renewed.status_code == 303
    assert claimed.status_code in (200, 410)
    assert phone.state().status_code in (401, 410)
    assert len(world.rows(Pairing, ended_at=None)) == 1


def copy_of(desk: Desk, world: World) -> Desk:
    """The same browser in another tab, so that two can press at once."""
    tab = Desk(world.app, world.origin)
    tab.client.set_cookie("session", desk.cookie("session") or "")
    return tab
