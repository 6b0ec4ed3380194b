"""What a record holds in words of a fixed vocabulary is said in the page's language; all else stays."""

from __future__ import annotations

from app.demo.people import CANDIDATES
from app.identity.record_rules import ETHNIC_GROUPS, RECORDED
from tests.visitors import Desk

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


def test_all_ethnic_groups_and_the_demos_documents_are_known() -> None:
    assert len(set(ETHNIC_GROUPS)) == 56
    assert {row[3] for row in CANDIDATES} <= RECORDED
