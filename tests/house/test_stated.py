"""A number that a setting, the rule pack or a constant decides is not written a second time into a text."""

from __future__ import annotations

import re

import pytest

from app.imaging.packs.pack import PACKS
from app.phone.texts import modules
from tests.house.marked import marked
from tests.house.tree import ROOT

STATED = re.compile(
    r"\d[\d,.]*\s?(?:KB|MB|M\b|×\d|\*\d|px|像素|分钟|秒|小时|天|字|minutes|min\b|seconds|hours|days)|一分钟|半小时"
)
LINE = re.compile(r'^\s*"[\w.-]+": "(.*)",?$', re.MULTILINE)
ADVICE = re.compile(r'\b(?:zh|en) = "([^"]*)"')

# What may be written out, and why.
ALLOWED = {
    "1M": "The procedure's own words for attachments, in every text about them.",
    "1 MB": "The same in English.",
    "24 小时": "What a phone keeps, and how wrong guesses are counted, is no setting.",
    "24 hours": "The same in English.",
}


def stated(words: str) -> set[str]:
    """The limits that a text writes out."""
    return {found.group() for found in STATED.finditer(words)} - ALLOWED.keys()


def word_files() -> list[str]:
    """The texts of the phone in both languages, as its page gets them."""
    return [words for module in modules().values() for words in LINE.findall(module)]


def test_no_text_of_a_page_states_a_limit() -> None:
    assert {each.text for each in marked() if stated(each.text)} == set()


def test_no_text_of_the_phone_states_a_limit() -> None:
    assert len(word_files()) > 400
    assert [words for words in word_files() if stated(words)] == []


def test_no_advice_of_a_pack_states_a_limit() -> None:
    advice = [words for path in PACKS.glob("*.toml") for words in ADVICE.findall(path.read_text())]
    assert len(advice) > 50
    assert [words for words in advice if stated(words)] == []


def test_no_page_states_a_limit_beside_its_texts() -> None:
    pages = {str(path.relative_to(ROOT)): path.read_text() for path in (ROOT / "templates").rglob("*.html")}
    assert {name: stated(page) for name, page in pages.items() if stated(page)} == {}


@pytest.mark.parametrize("words", ["50KB以上", "600*800", "5 分钟内有效", "at most 10 MB", "超过一分钟", "500 字以内"])
def test_a_limit_would_be_seen(words: str) -> None:
    assert stated(words)
