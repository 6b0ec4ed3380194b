"""Chinese unless somebody switches to English; then everything, errors too, and the phone as well."""

from __future__ import annotations

import re

import pytest

from app.application.terms import VERSION
from tests import people
from tests.page import Page
from tests.visitors import Desk
from tests.world import World, picture

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def english(world: World) -> Desk:
    """A desk of a candidate whose record is in Latin letters, switched to English."""
    plain = {
        field: "x"
        for field in (
            "sex",
            "province",
            "city",
            "county",
            "ethnic_group",
            "political_status",
            "level",
            "native_place",
            "overseas",
            "education",
            "category",
            "occupation",
            "assisting_school",
            "address",
            "major",
            "programme_university",
            "examining_university",
            "id_type",
        )
    }
    desk = world.desk(world.add(people.candidate(name="Chan Ka Ming", **plain)))
    desk.go("/apply")
    desk.press("English")
    return desk


def is_english(page: Page) -> bool:
    """No Chinese but the name of the other language, and of the place where one applied."""
    return page.all("html")[0].get("lang") == "en" and not CHINESE.search(re.sub("中文|广州市越秀区", "", page.text))


def test_switching_stays_on_the_page_and_is_remembered(english: Desk) -> None:
    assert english.address == "/apply"
    assert is_english(english.page)
    assert is_english(english.go("/apply"))


def test_it_can_be_switched_back(english: Desk) -> None:
    english.press("中文")
    assert english.page.all("h1")[0].text == "毕业申请及图像采集"


def test_it_survives_login_and_logout(world: World) -> None:
    visitor = Desk(world.app, world.origin)
    visitor.go("/login")
    visitor.press("English")
    visitor.press("Log in", name=world.add(people.candidate()).exam_number, password=people.PASSWORD)
    assert visitor.page.all("html")[0].get("lang") == "en"
    visitor.press("Log out")
    assert is_english(visitor.page)


def test_every_step_of_the_dialog_is_in_english(world: World, english: Desk) -> None:
    english.press("Apply")
    seen = [english.page.html]
    for path in ("/apply/capture/consent", "/apply/capture/informed"):
        english.post(path, {"agree": "yes", "version": VERSION})
        assert is_english(english.look())
        seen.append(english.page.html)
    phone = world.phone()
    phone.claim(english.token())
    phone.confirm()
    phone.report("camera_denied")
    assert is_english(english.look())
    phone.send(picture(damaged=True))
    assert is_english(english.look())
    phone.send(picture())
    assert is_english(english.look())
    english.post("/apply/capture/hand-over", {"sha256": phone.state().get_json()["capture"]["sha256"]})
    assert is_english(english.go("/apply"))
    assert len(set(seen)) == 3


@pytest.mark.parametrize("path", ["/nowhere", "/support", "/result", "/terms", "/privacy"])
def test_errors_and_texts_are_in_english(english: Desk, path: str) -> None:
    english.get(path)
    assert is_english(english.page)


def test_a_wrong_password_is_told_in_english(world: World) -> None:
    visitor = world.visitor()
    visitor.go("/login")
    visitor.press("English")
    visitor.press("Log in", name="nobody", password="x")
    assert is_english(visitor.page)


def test_the_phone_takes_the_desks_choice(world: World, english: Desk) -> None:
    english.press("Apply")
    for path in ("/apply/capture/consent", "/apply/capture/informed"):
        english.post(path, {"agree": "yes", "version": VERSION})
    phone = world.phone()
    state = phone.claim(english.token()).get_json()
    assert state["language"] == "en"
    refused = [phone.report("nonsense")]
    english.post("/pairings/renew")
    refused.append(phone.state(Accept_Language="zh-CN"))
    assert not [each.text for each in refused if CHINESE.search(each.get_json()["error"]["text"])]


def test_it_takes_a_choice_that_was_made_while_the_dialog_was_open(world: World) -> None:
    desk = world.desk()
    desk.to_code()
    desk.press("English")
    assert world.phone().claim(desk.token()).get_json()["language"] == "en"


def test_before_the_claim_a_phone_is_answered_in_its_own_language(world: World) -> None:
    texts = [
        world.phone().call("POST", "/m/claim", json={}, Accept_Language=language).get_json()["error"]["text"]
        for language in ("en-GB,en", "zh-CN,zh")
    ]
    assert [bool(CHINESE.search(text)) for text in texts] == [False, True]


def test_a_phone_that_was_switched_is_answered_in_what_it_was_switched_to(world: World) -> None:
    phone = world.phone()
    unpaired = phone.call("POST", "/m/claim", json={}, Accept_Language="zh-CN", X_Language="en")
    desk = world.desk()
    desk.to_code()
    phone.claim(desk.token())
    paired = [phone.call("POST", "/m/progress", json={}, X_Language=chosen) for chosen in ("en", "zh", "xx", None)]
    texts = [each.get_json()["error"]["text"] for each in (unpaired, *paired)]
    assert [bool(CHINESE.search(text)) for text in texts] == [False, False, True, True, True]
