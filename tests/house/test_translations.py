"""Every text that a person can see has an English translation."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.house.tree import ROOT

CATALOGUE = ROOT / "app" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None}
PLACE = re.compile(r"%\((\w+)\)")
Text = str | Sequence[str] | None


def extracted() -> set[Text]:
    """What is marked in code and pages."""
    code = extract_from_dir(ROOT / "app", [("**.py", "python")], keywords=KEYWORDS)
    pages = extract_from_dir(ROOT / "templates", [("**.html", "jinja2")], {"**.html": {}}, KEYWORDS)
    return {found[2] for found in (*code, *pages)}


def english() -> Catalog:
    return read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="en")


def strings(text: Text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def empty(message: Message | None) -> bool:
    return message is None or not all(strings(message.string))


def test_every_text_is_translated() -> None:
    catalogue = english()
    assert {text for text in extracted() if empty(catalogue.get(strings(text)[0]))} == set()


def test_no_translation_is_a_guess_or_left_over() -> None:
    texts = {strings(text)[0] for text in extracted()}
    messages = [message for message in english() if message.id]
    assert [message.id for message in messages if message.fuzzy or strings(message.id)[0] not in texts] == []


def test_translations_fill_the_same_places_and_speak_english() -> None:
    for message in english():
        places = {place for text in strings(message.id) for place in PLACE.findall(text)}
        for text in filter(None, strings(message.string) if message.id else ()):
            assert set(PLACE.findall(text)) == places, message.id
            assert not re.search(r"[\u4e00-\u9fff]", text) or text == message.id, message.id
            assert "!" not in text, message.id


@pytest.mark.parametrize("text", ["确认无误", "我知道了，去拍照"])
def test_texts_are_really_found(text: str) -> None:
    assert text in extracted()
