"""Every text that a person can see has an English translation."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Message

from tests.house.marked import CATALOGUE, Marked, english, marked, strings
from tests.house.tree import ROOT

PLACE = re.compile(r"%\((\w+)\)")


def empty(message: Message | None) -> bool:
    return message is None or not all(strings(message.string))


def test_every_text_is_translated() -> None:
    assert {each for each in marked() if empty(english().get(each.text, each.context))} == set()


def test_no_translation_is_a_guess_or_left_over() -> None:
    messages = {Marked(strings(message.id)[0], message.context): message for message in english() if message.id}
    assert [each for each, message in messages.items() if message.fuzzy or each not in marked()] == []


def test_translations_fill_the_same_places_and_speak_english() -> None:
    for message in english():
        places = {place for text in strings(message.id) for place in PLACE.findall(text)}
        for text in filter(None, strings(message.string) if message.id else ()):
            assert set(PLACE.findall(text)) == places, message.id
            assert not re.search(r"[\u4e00-\u9fff]", text) or text == message.id, message.id
            assert "!" not in text, message.id


def test_the_english_pages_call_buttons_as_they_are_called() -> None:
    pages = [path.read_text("utf-8") for path in (ROOT / "templates").rglob("*_en.html")]
    named = {each for page in pages for each in re.findall("“(.+?)”", page)}
    translated = [text for message in english() for text in strings(message.string)]
    assert named
    assert {each for each in named if not any(text.startswith(each) for text in translated)} == set()


def test_english_says_submit() -> None:
    handing = re.compile(r"(?<!by )\bhand(?:s|ed|ing)? (?:in|over)\b", re.IGNORECASE)
    assert [text for message in english() for text in strings(message.string) if handing.search(text)] == []


def test_no_text_is_translated_twice_in_one_context() -> None:
    found = [each for block in blocks() if (each := re.findall(r"^msg(?:ctxt|id) .*$", block, re.MULTILINE))]
    assert len({tuple(each) for each in found}) == len(found)


def blocks() -> list[str]:
    """The catalogue's entries as they are written: a parser would take the last of two."""
    return CATALOGUE.read_text("utf-8").split("\n\n")


@pytest.mark.parametrize("text", ["确认无误", "我知道了，去拍照", "表情不自然。请放松，平视镜头，重新拍摄。"])
def test_texts_are_really_found(text: str) -> None:
    assert Marked(text) in marked()


def test_a_context_is_found_beside_the_text_itself() -> None:
    assert {Marked("用本机拍照"), Marked("用本机拍照", "phone")} <= marked()
