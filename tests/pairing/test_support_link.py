"""A link that support issues: opened with the last four characters, three tries, thirty minutes, once."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select

from app.application.model import Application
from app.identity.model import Candidate
from app.pairing.model import Link, PairingEvent
from tests import people
from tests.page import Page
from tests.procedure import has_applied
from tests.together import at_once
from tests.visitors import Desk, reason
from tests.world import FakeClock, World

LAST4 = "000X"


@pytest.fixture
def person(world: World) -> Candidate:
    return world.add(people.candidate())


@pytest.fixture
def desk(world: World, person: Candidate) -> Desk:
    at = world.desk(person)
    at.to_code()
    return at


@pytest.fixture
def token(world: World, person: Candidate, desk: Desk) -> str:
    """The secret of the link that support reads out."""
    return token_on(issued(world, person))


def issued(world: World, person: Candidate) -> Page:
    """The page on which support has asked for a link."""
    caller = world.visitor(world.add(people.support()))
    caller.press("查找", number=person.exam_number)
    return caller.press("重新生成配对链接")


def token_on(page: Page) -> str:
    """The secret of the link that stands there."""
    [link] = [each for each in page.all("b") if each.get("id") == "link"]
    return (link.text or "").partition("#")[2]


def test_it_asks_for_the_last_four_characters(world: World, token: str) -> None:
    assert reason(world.phone().claim(token)) == (403, "last4_needed")


@pytest.mark.parametrize("given", [LAST4, "000x", " 000X ", "０００Ｘ"])
def test_the_right_ones_open_it(world: World, token: str, given: str) -> None:
    phone = world.phone()
    assert phone.claim(token, last4=given).status_code == 200
    assert phone.state().status_code == 200


def test_nobody_shows_all_four_of_them(world: World, token: str) -> None:
    answer = world.phone().claim(token, last4=LAST4)
    assert "000X" not in answer.text


def test_three_wrong_tries_end_it(world: World, token: str, desk: Desk) -> None:
    phone = world.phone()
    tries = [phone.claim(token, last4="1234") for _ in range(3)]
    assert [reason(each) for each in tries] == [(403, "last4_wrong"), (403, "last4_wrong"), (410, "revoked")]
    assert [each.get_json()["error"].get("left") for each in tries] == [2, 1, None]
    assert reason(phone.claim(token, last4=LAST4)) == (410, "revoked")


def test_guesses_are_few_however_many_links_support_hands_out(world: World, desk: Desk, person: Candidate) -> None:
    answers = []
    for _link in range(2):
        token = token_on(issued(world, person))
        answers += [world.phone().claim(token, last4=f"{n:04d}").status_code for n in range(5)]
    assert answers.count(403) == 4
    assert "证件号码后四位已输错 6 次" in issued(world, person).text
    assert "在手机上登录后点“用本机拍照”" in issued(world, person).text
    assert len(world.rows(PairingEvent, code="last4_wrong")) == 6
    assert world.phone().claim(desk.token()).status_code == 200


def test_a_withdrawal_gives_no_more_guesses(world: World, desk: Desk, person: Candidate) -> None:
    for _link in range(2):
        token = token_on(issued(world, person))
        for n in range(3):
            world.phone().claim(token, last4=f"{n:04d}")
    desk.post("/apply/withdraw")
    assert world.rows(Application)[0].closed_at
    has_applied(world, person)
    assert "证件号码后四位已输错 6 次" in issued(world, person).text


def test_they_are_free_again_a_day_later(world: World, clock: FakeClock, desk: Desk, person: Candidate) -> None:
    for _link in range(2):
        token = token_on(issued(world, person))
        for n in range(3):
            world.phone().claim(token, last4=f"{n:04d}")
    clock.move(hours=24)
    assert world.phone().claim(token_on(issued(world, person)), last4=LAST4).status_code == 200


def test_guesses_at_the_same_moment_are_three_all_the_same(world: World, token: str) -> None:
    answers = at_once(*[lambda n=n: world.phone().claim(token, last4=f"{n:04d}") for n in range(12)])
    assert Counter(each.status_code for each in answers) == {403: 2, 410: 10}
    assert world.rows(Link, purpose="support")[0].wrong_tries == 3


def test_the_right_ones_use_up_no_try(world: World, token: str) -> None:
    world.phone().claim(token, last4=LAST4)
    assert world.rows(Link, purpose="support")[0].wrong_tries == 0


def test_the_desk_hears_of_wrong_tries(world: World, token: str, desk: Desk) -> None:
    world.phone().claim(token, last4="1234")
    assert "证件号码后四位输入错误" in desk.look().text


@pytest.mark.parametrize(("minutes", "status"), [(29.99, 200), (30, 410)])
def test_it_lives_thirty_minutes(world: World, clock: FakeClock, token: str, minutes: float, status: int) -> None:
    clock.move(minutes=minutes)
    assert world.phone().claim(token, last4=LAST4).status_code == status


def test_it_works_once(world: World, token: str) -> None:
    world.phone().claim(token, last4=LAST4)
    assert reason(world.phone().claim(token, last4=LAST4)) == (410, "claimed")


def test_it_replaces_the_code_on_the_desk(world: World, desk: Desk, person: Candidate) -> None:
    old = desk.token()
    caller = world.visitor(world.add(people.support()))
    caller.press("查找", number=person.exam_number)
    caller.press("重新生成配对链接")
    answer = world.phone().claim(old)
    assert (reason(answer), answer.get_json()["error"]["why"]) == ((410, "replaced"), "reissued")
    assert "客服已重新发出配对链接" in answer.get_json()["error"]["text"]


def test_what_it_says_before_it_opens_comes_in_the_language_of_the_application(world: World, token: str) -> None:
    with world.dependencies.db.writing() as db:
        db.scalars(select(Application)).one().language = "en"
    assert world.phone().claim(token).get_json()["error"]["language"] == "en"


def test_the_desk_hears_of_a_revocation_in_words_of_its_own(world: World, desk: Desk, person: Candidate) -> None:
    world.phone().claim(desk.token())
    caller = world.visitor(world.add(people.support()))
    caller.press("查找", number=person.exam_number)
    assert "客服撤销了连接" in caller.press("撤销").text
    page = desk.look().text
    assert "这次连接已被撤销。请点“重新生成二维码”，用手机再扫一次。" in page
    assert "回到电脑上" not in page


def test_the_database_keeps_only_its_hash(world: World, token: str) -> None:
    assert token not in str([vars(link) for link in world.rows(Link)])
