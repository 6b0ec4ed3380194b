"""A link that support issues: opened with the last four characters, three tries, thirty minutes, once."""

import pytest
from sqlalchemy import select

from app.graduation.model import Application
from app.pairing.model import Link
from tests import people
from tests.visitors import reason

LAST4 = "000X"


@pytest.fixture
def person(world):
    return world.add(people.candidate())


@pytest.fixture
def desk(world, person):
    at = world.desk(person)
    at.to_code()
    return at


@pytest.fixture
def token(world, person, desk):
    """The secret of the link that support reads out."""
    caller = world.visitor(world.add(people.support()))
    caller.press("查找", number=person.exam_number)
    page = caller.press("重新生成配对链接")
    [link] = [each for each in page.all("b") if each.get("id") == "link"]
    return link.text.partition("#")[2]


def test_it_asks_for_the_last_four_characters(world, token):
    assert reason(world.phone().claim(token)) == (403, "last4_needed")


@pytest.mark.parametrize("given", [LAST4, "000x", " 000X "])
def test_the_right_ones_open_it(world, token, given):
    phone = world.phone()
    assert phone.claim(token, last4=given).status_code == 200
    assert phone.state().status_code == 200


def test_nobody_shows_all_four_of_them(world, token):
    answer = world.phone().claim(token, last4=LAST4)
    assert "000X" not in answer.text


def test_three_wrong_tries_end_it(world, token, desk):
    phone = world.phone()
    tries = [phone.claim(token, last4="1234") for _ in range(3)]
    assert [reason(each) for each in tries] == [(403, "last4_wrong"), (403, "last4_wrong"), (410, "revoked")]
    assert [each.json["error"].get("left") for each in tries] == [2, 1, None]
    assert reason(phone.claim(token, last4=LAST4)) == (410, "revoked")


def test_the_desk_hears_of_wrong_tries(world, token, desk):
    world.phone().claim(token, last4="1234")
    assert "证件号码后四位输入错误" in desk.look().text


@pytest.mark.parametrize(("minutes", "status"), [(29.99, 200), (30, 410)])
def test_it_lives_thirty_minutes(world, clock, token, minutes, status):
    clock.move(minutes=minutes)
    assert world.phone().claim(token, last4=LAST4).status_code == status


def test_it_works_once(world, token):
    world.phone().claim(token, last4=LAST4)
    assert reason(world.phone().claim(token, last4=LAST4)) == (410, "claimed")


def test_it_replaces_the_code_on_the_desk(world, desk, person):
    old = desk.token()
    caller = world.visitor(world.add(people.support()))
    caller.press("查找", number=person.exam_number)
    caller.press("重新生成配对链接")
    answer = world.phone().claim(old)
    assert (reason(answer), answer.json["error"]["why"]) == ((410, "replaced"), "reissued")
    assert "客服已重新发出配对链接" in answer.json["error"]["text"]


def test_what_it_says_before_it_opens_comes_in_the_language_of_the_application(world, token):
    with world.parts.db.writing() as db:
        db.scalars(select(Application)).one().language = "en"
    assert world.phone().claim(token).json["error"]["language"] == "en"


def test_the_desk_hears_of_a_revocation_in_words_of_its_own(world, desk, person):
    world.phone().claim(desk.token())
    caller = world.visitor(world.add(people.support()))
    caller.press("查找", number=person.exam_number)
    assert "客服撤销了配对" in caller.press("撤销").text
    page = desk.look().text
    assert "这次连接已被撤销。请点“重新生成二维码”，用手机再扫一次。" in page
    assert "回到电脑上" not in page


def test_the_database_keeps_only_its_hash(world, token):
    assert token not in str([vars(link) for link in world.rows(Link)])
