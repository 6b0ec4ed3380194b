"""What a record holds in words of a fixed vocabulary is said in the page's language; all else stays."""

from __future__ import annotations

import pytest

from app.application.place_rules import place_in
from app.demo.people import CANDIDATES
from app.identity.record_rules import ETHNIC_GROUPS, RECORDED
from app.identity.rules import PERMITS
from tests import people, records
from tests.visitors import Desk
from tests.world import World

VALUES = ("女", "居民身份证", "汉族", "群众", "专科", "否", "高中毕业", "社会考生", "其他", "无")


def test_an_english_page_says_them_in_english(desk: Desk) -> None:
    desk.press("English")
    shown = [cell.text or "" for cell in desk.go("/apply").all("dd")]
    for words in ("Female", "Resident identity card", "Han", "No party membership", "Junior college", "Other", "none"):
        assert words in shown
    assert {each for each in VALUES if each in shown} == set()


def test_names_majors_and_schools_stay(desk: Desk) -> None:
    desk.press("English")
    shown = [cell.text or "" for cell in desk.go("/apply").all("dd")]
    for words in ("陈思远", "A050226 商务英语(专科)", "619 广东外语外贸大学"):
        assert words in shown


def test_a_chinese_page_says_what_is_recorded(desk: Desk) -> None:
    shown = [cell.text or "" for cell in desk.go("/apply").all("dd")]
    assert {each for each in VALUES if each not in shown} == set()


def test_a_permits_holder_is_registered_elsewhere_and_begins_with_the_address(season: World) -> None:
    person = season.add(people.candidate(province="香港特别行政区", city="", county="", id_type=PERMITS[0]))
    page = season.newcomer(records.ready(season, person)).page
    assert "已按通讯地址预先选择。" in page.text
    [place] = [each for each in page.all("option") if "selected" in each.attrib]
    assert place.text == "越秀区"


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("广东省广州市越秀区样例路 1 号", "440104"),
        ("广东省东莞市样例镇 1 号", "441900"),
        ("湖南省长沙市样例路 1 号", ""),
        ("香港样例道 1 号", ""),
    ],
)
def test_an_address_names_its_place(address: str, place: str) -> None:
    assert place_in(address) == place


def test_all_ethnic_groups_and_the_demos_documents_are_known() -> None:
    assert len(set(ETHNIC_GROUPS)) == 56
    assert {row[3] for row in CANDIDATES} <= RECORDED
