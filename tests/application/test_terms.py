"""The texts about consent and privacy promise what the settings keep, and consent is to the text as it was shown."""

from __future__ import annotations

import hashlib
import re

import pytest

from app.application.model import Consent
from tests.world import NewWorld, World


@pytest.fixture
def strict(new_world: NewWorld) -> World:
    """A server that keeps things for less time than usual."""
    return new_world("strict", draft_days=7, document_days=90)


@pytest.mark.parametrize("address", ["/terms", "/privacy"])
@pytest.mark.parametrize(("language", "days"), [("中文", ("7 天", "90 天")), ("English", ("7 days", "90 days"))])
def test_the_days_are_those_of_the_settings(strict: World, address: str, language: str, days: tuple[str, str]) -> None:
    desk = strict.desk()
    desk.go(address)
    desk.press(language)
    page = desk.go(address).text
    assert [each for each in days if not re.search(rf"(?<!\d){each}", page)] == []
    assert not re.search("(30|180) (天|days)", page)


def test_consent_is_recorded_with_the_hash_of_the_text_as_it_was_shown(world: World, strict: World) -> None:
    for each in (world, strict):
        page = each.visitor().get("/terms").text
        shown = page[page.index("<p>申请毕业的考生") : page.index('<p><a href="/privacy">')].removesuffix("\n")
        each.paired()
        assert {row.text_hash for row in each.rows(Consent)} == {hashlib.sha256(shown.encode()).hexdigest()}
