"""Which pictures each type of document needs, in the words of the procedure."""

from __future__ import annotations

import pytest

from app.base.errors import Refused
from app.documents.rules import check_sides, check_size, slot_named, slots_for, title_for
from app.documents.texts import LIMITS
from app.identity.rules import RESIDENT_ID


def words(id_type: str) -> list[tuple[str, str]]:
    return [(slot.label, slot.button) for slot in slots_for(id_type)]


def test_an_id_card_needs_the_three_rows_of_the_procedure() -> None:
    assert words(RESIDENT_ID) == [
        ("身份证正面", "上传身份证正面附件"),
        ("身份证反面", "上传身份证反面附件"),
        ("手持身份证", "上传手持身份证附件"),
    ]
    assert LIMITS == "附件应为JPG、PNG或者JPEG格式，大小应小于1M。"


def test_a_passport_has_no_back() -> None:
    assert [slot.key for slot in slots_for("普通护照")] == ["front", "holding"]
    assert words("普通护照")[0] == ("护照资料页", "上传护照资料页附件")


@pytest.mark.parametrize("id_type", ["港澳居民来往内地通行证", "台湾居民来往大陆通行证"])
def test_a_permit_is_called_one(id_type: str) -> None:
    assert [label for label, _button in words(id_type)] == ["通行证正面", "通行证反面", "手持通行证"]


@pytest.mark.parametrize("id_type", ["其他", "外国人永久居留身份证", ""])
def test_any_other_document_needs_three_pictures(id_type: str) -> None:
    assert [label for label, _button in words(id_type)] == ["证件正面", "证件反面", "手持证件"]


def test_the_dialog_is_called_after_the_document() -> None:
    assert (title_for(RESIDENT_ID), title_for("普通护照")) == ("身份证附件", "证件附件")


def test_a_button_always_says_which_attachment() -> None:
    for id_type in (RESIDENT_ID, "普通护照", "台湾居民来往大陆通行证", "其他"):
        for label, button in words(id_type):
            assert button == f"上传{label}附件"


def test_a_slot_that_a_document_does_not_have_is_refused() -> None:
    assert slot_named(RESIDENT_ID, "back").label == "身份证反面"
    with pytest.raises(Refused, match="no_slot"):
        slot_named("普通护照", "back")


@pytest.mark.parametrize(("length", "code"), [(0, "empty"), (1_048_576, "too_large"), (5_000_000, "too_large")])
def test_a_file_is_smaller_than_one_megabyte_and_not_empty(length: int, code: str) -> None:
    check_size(1)
    check_size(1_048_575)
    with pytest.raises(Refused, match=code):
        check_size(length)


def test_a_picture_needs_600_pixels_on_its_longer_side() -> None:
    check_sides(600, 380)
    check_sides(380, 600)
    for width, height in [(599, 599), (3000, 299), (299, 3000)]:
        with pytest.raises(Refused, match="too_small"):
            check_sides(width, height)
