"""办理地点, 毕业年月 and 联系电话 without a database."""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.application.batch_rules import is_for, is_open, next_to_open, open_months
from app.application.place_rules import cities, city_of, full_name, place_of_household
from app.application.rules import Filled, mistakes
from app.application.telephone_rules import phone_number

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ALL_PLACES = {place.code for city in cities() for place in city.places}


@dataclass
class Window:
    month: str
    opens_at: datetime
    closes_at: datetime
    universities: list[str] = field(default_factory=list)


def window(month: str, opens: int, closes: int) -> Window:
    """A batch that opens and closes so many days from now."""
    return Window(month, NOW + timedelta(days=opens), NOW + timedelta(days=closes))


def test_guangdong_has_21_cities_and_122_counties() -> None:
    places = [place for city in cities() for place in city.places]
    assert len(cities()) == 21
    assert len([place for place in places if not place.code.endswith("00")]) == 122
    assert len({place.code for place in places}) == len(places) == 124


def test_a_county_belongs_to_its_city() -> None:
    assert (city_of("440104"), full_name("440104")) == ("440100", "广州市越秀区")


@pytest.mark.parametrize(("code", "name"), [("441900", "东莞市"), ("442000", "中山市")])
def test_a_city_without_counties_offers_itself(code: str, name: str) -> None:
    assert (city_of(code), full_name(code)) == (code, name)


@pytest.mark.parametrize("code", ["", "440100", "110101", "44010", "越秀区", "440104 "])
def test_anything_else_is_no_place(code: str) -> None:
    assert (city_of(code), full_name(code)) == ("", "")


@pytest.mark.parametrize(
    ("household", "place"),
    [
        (("广东省", "广州市", "越秀区"), "440104"),
        (("广东省", "东莞市", "南城街道"), "441900"),
        (("广东省", "广州市", "东山区"), ""),
        (("广西壮族自治区", "广州市", "越秀区"), ""),
        (("", "", ""), ""),
    ],
)
def test_the_households_place_is_known_when_it_is_one_of_guangdongs(
    household: tuple[str, str, str], place: str
) -> None:
    assert place_of_household(*household) == place


def test_a_batch_is_open_from_its_first_moment_until_before_its_last() -> None:
    assert not is_open(window("202612", -2, 0), NOW)
    assert is_open(window("202612", 0, 2), NOW)


def test_a_batch_is_for_all_universities_or_for_those_it_names() -> None:
    batch = window("202612", -1, 9)
    assert is_for(batch, "619 广东外语外贸大学")
    batch.universities = ["601 中山大学"]
    assert (is_for(batch, "601 中山大学"), is_for(batch, "619 广东外语外贸大学")) == (True, False)


def test_open_months_come_newest_first() -> None:
    assert open_months([window("202606", -9, 1), window("202612", -1, 9), window("202706", 1, 9)], NOW) == [
        "202612",
        "202606",
    ]


def test_outside_them_the_next_opening_is_known_or_nobody_knows() -> None:
    later = [window("202706", 30, 60), window("202612", 3, 9), window("202606", -9, -3)]
    assert next_to_open(later, NOW) == NOW + timedelta(days=3)
    assert next_to_open(later[2:], NOW) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13800138000", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("0086 13800138000", "13800138000"),
        ("8613800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("19912345678", "19912345678"),
        ("020-38627000", "020-38627000"),
        ("(020) 3862 7000", "020-38627000"),
        ("（０２０）３８６２７０００", "020-38627000"),
        ("02038627000", "020-38627000"),
        ("+86 20 38627000", "020-38627000"),
        ("0755-12345678", None),
        ("0755-82345678", "0755-82345678"),
        ("0763 3312345", "0763-3312345"),
        ("010—62345678", "010-62345678"),
    ],
)
def test_telephone_numbers_as_people_write_them(typed: str, kept: str | None) -> None:
    assert phone_number(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "110",
        "1380013800",
        "138001380000",
        "12800138000",
        "38627000",
        "20-38627000",
        "+1 202 555 0100",
        "13800138000; 13900139000",
        "1380013800a",
        "١٣٨٠٠١٣٨٠٠٠",
        "138\x0000138000",
        "🙂",
        "020-386270001",
    ],
)
def test_what_is_no_telephone_number_of_the_mainland(typed: str) -> None:
    assert phone_number(typed) is None


@given(st.text(alphabet=st.characters(codec="utf-8")) | st.text(alphabet=string.digits + " -+()（）", max_size=20))
def test_whatever_is_typed_gives_a_number_that_can_be_kept_or_none(typed: str) -> None:
    kept = phone_number(typed)
    assert kept is None or (len(kept) <= 13 and phone_number(kept) == kept)


def test_a_form_without_mistakes_has_none() -> None:
    assert mistakes(Filled("202612", "440104", "13800138000"), ["202612"], ALL_PLACES) == {}


@pytest.mark.parametrize(
    ("filled", "field"),
    [
        (Filled("202606", "440104", "13800138000"), "batch"),
        (Filled("", "440104", "13800138000"), "batch"),
        (Filled("202612", "", "13800138000"), "place"),
        (Filled("202612", "440300", "13800138000"), "place"),
        (Filled("202612", "440304", "13800138000"), "place"),
        (Filled("202612", "440104", ""), "phone"),
    ],
)
def test_each_mistake_is_told_at_its_field(filled: Filled, field: str) -> None:
    assert list(mistakes(filled, ["202612"], ALL_PLACES - {"440304"})) == [field]
