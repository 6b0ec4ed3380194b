"""What pages say of a limit follows the setting and the rule pack."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import render_template_string

from app.http.errors import words_of
from app.imaging.packs.pack import PACKS, Pack, PackError, amount, load
from app.phone.upload_forms import too_large
from tests.visitors import Phone, Visitor, reason
from tests.world import NewWorld, World, picture

OWN = 'name = "own"\nversion = "2026.1"\ninherits = "national"\n'
OTHER = OWN + "[checks.file_size]\nlow = 102_400\nhigh = 5_242_880\n[checks.resolution]\nlow = 900\n"
SPECIFICATION = """{% from "_icons.html" import icon with context %}
{% from "pairing/_forms.html" import post with context %}
{% include "portrait/_spec.html" %}"""


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """A pack with other numbers, that says nothing about texts."""
    (tmp_path / "national.toml").write_text((PACKS / "national.toml").read_text())
    (tmp_path / "own.toml").write_text(OTHER)
    return load("own", tmp_path)


def test_a_link_to_another_browser_says_how_long_it_lives(new_world: NewWorld) -> None:
    for minutes in (5, 9):
        _desk, phone = new_world(f"world{minutes}", transfer_minutes=minutes).paired()
        assert (phone.call("POST", "/m/transfer").json or {})["minutes"] == minutes


def test_the_pack_states_its_own_numbers(pack: Pack) -> None:
    assert pack.stated == {"kb": "100", "mb": "5", "width": "900", "height": "1200"}
    assert load().stated == {"kb": "50", "mb": "10", "width": "600", "height": "800"}


def test_advice_states_the_numbers_in_force(pack: Pack) -> None:
    size, sides = pack.checks["file_size"].advice, pack.checks["resolution"].advice
    assert "100KB" in size["too_low"].zh
    assert "100 KB" in size["too_low"].en
    assert "5MB" in size["too_high"].zh
    assert "900×1200" in sides["too_low"].zh
    assert "照片小于 50KB，" in load().checks["file_size"].advice["too_low"].zh


def test_an_advice_that_states_what_there_is_not_is_named(tmp_path: Path) -> None:
    (tmp_path / "national.toml").write_text((PACKS / "national.toml").read_text())
    (tmp_path / "own.toml").write_text(OWN + '[checks.eye_line.advice]\ntoo_low = {zh = "{most}", en = "x"}\n')
    with pytest.raises(PackError, match="most"):
        load("own", tmp_path)


def test_the_specification_and_the_refusal_state_them(world: World, pack: Pack) -> None:
    with world.app.test_request_context("/apply/capture", base_url=world.origin):
        page = render_template_string(SPECIFICATION, dialog={"limits": pack.stated})
        assert "5 MB" in words_of(too_large(pack.max_bytes))
    assert "请上传100KB以上，像素不低于900*1200的照片" in page


def test_the_refusal_of_a_large_picture_states_the_limit_in_force(pair: tuple[Visitor, Phone]) -> None:
    answer = pair[1].send(picture(size=(10 << 20) + 1))
    assert reason(answer) == (413, "too_large")
    assert "不能超过 10 MB" in (answer.json or {})["error"]["text"]


@pytest.mark.parametrize(
    ("size", "power", "words"),
    [(51_200, 1, "50"), (40_000, 1, "40"), (10_485_760, 2, "10"), (5_000_000, 2, "5"), (1_600_000, 2, "1.5")],
)
def test_amounts_are_round_where_they_can_be(size: int, power: int, words: str) -> None:
    assert amount(size, power) == words
